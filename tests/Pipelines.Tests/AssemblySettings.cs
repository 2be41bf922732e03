// Each pipeline trains on all cores.
[assembly: DoNotParallelize]
