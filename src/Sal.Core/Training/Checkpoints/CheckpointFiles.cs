using System.Diagnostics;
using Sal.Core.Files;
using Sal.Core.Network;
using Sal.Core.Training.Step;

namespace Sal.Core.Training.Checkpoints;

/// <summary>
/// The checkpoint of a run and the one before it, on disk: writes them from time to time, and finds the one to go on from. At every moment one
/// of the two is whole.
/// </summary>
internal sealed class CheckpointFiles
{
    private readonly string _path;
    private readonly string _previousPath;
    private readonly double _intervalSeconds;
    private readonly bool _isResumed;
    private readonly TrainingFingerprint _fingerprint;
    private readonly ISalTrainingObserver _observer;
    private readonly HashSet<(Type, int)> _causes = []; // of failures that were warned of
    private long _lastTime = Stopwatch.GetTimestamp();
    private int _lastEpoch = -1; // finished epochs of the last checkpoint
    private bool _isNewestIntact;

    /// <param name="options">Options with a checkpoint path.</param>
    /// <exception cref="IOException">There is no writing to the path.</exception>
    public CheckpointFiles(SalTrainingOptions options, TrainingFingerprint fingerprint, ISalTrainingObserver observer)
    {
        _path = AtomicFile.Resolve(options.CheckpointPath!);
        _previousPath = $"{_path}.previous";
        _intervalSeconds = options.CheckpointIntervalSeconds;
        _isResumed = options.Resume;
        _fingerprint = fingerprint;
        _observer = observer;
        try
        {
            AtomicFile.CheckIsWritable(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"No checkpoint can be written to {nameof(SalTrainingOptions.CheckpointPath)} '{_path}': {exception.Message} "
                + "Give a file in a folder that exists and may be written.", exception);
        }
    }

    /// <summary>The state to go on from; null to start from the beginning.</summary>
    /// <param name="shape">The layout that networks must have, whatever their number of areas.</param>
    /// <param name="parameterPass">Whose moments to read.</param>
    /// <exception cref="InvalidDataException">There are checkpoints, but none can be read.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint is one of other data or options.</exception>
    public TrainingState? Resume(NetworkShape shape, ParameterPass parameterPass)
    {
        if (!_isResumed)
        {
            return null;
        }

        List<string> failures = [];
        foreach (string path in new[] { _path, _previousPath }.Where(File.Exists))
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
                TrainingState state = CheckpointFile.Read(stream, fingerprint => CheckFingerprint(path, fingerprint), shape, parameterPass);
                _lastEpoch = state.FinishedEpochs;
                _isNewestIntact = path == _path;
                failures.ForEach(failure => _observer.OnWarning(
                    $"The checkpoint {failure}. Training goes on from the one before it, after {state.FinishedEpochs} epochs; the model will be the same."));
                return state;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                failures.Add($"'{path}' cannot be read: {exception.Message.TrimEnd('.')}");
            }
        }

        return failures.Count == 0
            ? null
            : throw new InvalidDataException(
                $"There is no checkpoint to go on from: {string.Join("; ", failures)}. Restore it from a copy; or, to train from the beginning, delete "
                + $"it or set {nameof(SalTrainingOptions.Resume)} to false.");
    }

    /// <summary>Writes a checkpoint where it is time for one. A failure is no more than a warning, once for each cause: training goes on.</summary>
    /// <param name="isLast">Whether it is time in any case.</param>
    public void Save(TrainingState state, bool isLast)
    {
        if (state.FinishedEpochs == _lastEpoch || !(isLast || Stopwatch.GetElapsedTime(_lastTime).TotalSeconds >= _intervalSeconds))
        {
            return;
        }

        try
        {
            // A file that this run neither wrote nor read is not kept: it would take the place of one that is known to be whole.
            AtomicFile.Write(_path, stream => CheckpointFile.Write(stream, _fingerprint, state), _isNewestIntact ? _previousPath : null);
            _lastEpoch = state.FinishedEpochs;
            _isNewestIntact = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_causes.Add((exception.GetType(), exception.HResult)))
            {
                _observer.OnWarning(
                    $"A checkpoint after {state.FinishedEpochs} epochs could not be written to '{_path}': {exception.Message} Training goes on, and "
                    + "tries again at the next one; the last checkpoint stands.");
            }
        }

        _lastTime = Stopwatch.GetTimestamp();
    }

    private void CheckFingerprint(string path, TrainingFingerprint fingerprint)
    {
        string differences = _fingerprint.Differences(fingerprint);
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                $"The checkpoint '{path}' is one of another training: {differences}. Give the data and options that it was written with; or, to train from "
                + $"the beginning, set {nameof(SalTrainingOptions.CheckpointPath)} to another file or {nameof(SalTrainingOptions.Resume)} to false.");
        }
    }
}
