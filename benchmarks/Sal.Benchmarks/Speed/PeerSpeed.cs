using System.Diagnostics;
using System.Globalization;

namespace Sal.Benchmarks.Speed;

/// <summary>
/// Compares training with that of other libraries, each in a process of its own with as many threads; leaves out those not installed.
/// </summary>
internal static class PeerSpeed
{
    private const string PyTorch = """
        import time, torch
        torch.set_num_threads(2)
        x = torch.rand(8192, 784); y = torch.randint(0, 10, (8192,))
        net = torch.nn.Sequential(
            torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 256), torch.nn.ReLU(), torch.nn.Linear(256, 10))
        opt = torch.optim.Adam(net.parameters(), lr=1e-3)
        loss = torch.nn.CrossEntropyLoss()
        times = []
        for epoch in range(4):
            start = time.perf_counter()
            order = torch.randperm(8192)
            for i in range(0, 8192, 128):
                rows = order[i:i + 128]
                opt.zero_grad(set_to_none=True)
                loss(net(x[rows]), y[rows]).backward()
                opt.step()
            times.append(time.perf_counter() - start)
        print(8192 / sorted(times[1:])[1])
        """;

    private const string ScikitLearn = """
        import time, warnings, numpy as np
        from sklearn.neural_network import MLPClassifier
        warnings.filterwarnings("ignore")
        rng = np.random.default_rng(1)
        x = rng.random((8192, 784), dtype=np.float32); y = rng.integers(0, 10, 8192)
        net = MLPClassifier((256, 256), batch_size=128, max_iter=1, random_state=1)
        net.fit(x, y)
        start = time.perf_counter()
        MLPClassifier((256, 256), batch_size=128, max_iter=3, random_state=1, tol=0, n_iter_no_change=99).fit(x, y)
        print(3 * 8192 / (time.perf_counter() - start))
        """;

    /// <summary>Measures SAL's rows per second / the peer's; null if the peer is not installed.</summary>
    public static Ratio? Measure(string peer, int pairs)
    {
        (string key, string goal, string script) = peer == "torch"
            ? ("train_vs_pytorch", "at least 5", PyTorch)
            : ("train_vs_sklearn", "at least 6", ScikitLearn);
        if (Run($"import {peer}") is null)
        {
            Console.WriteLine(
                $"{key}: left out, as python3 has no module '{peer}' (Debian: python3-torch, python3-sklearn, libopenblas0-pthread).");
            return null;
        }

        string name = peer == "torch" ? "PyTorch" : "scikit-learn MLPClassifier";
        return Ratio.Measure(
            key, $"SAL / {name}, rows per second, 784-256-256-10, batch 128, Adam, 2 threads", goal, pairs,
            () => TrainingSpeed.Peer(2), () => double.Parse(Run(script)!, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a script.</summary>
    /// <returns>What it printed; null if it failed or there is no Python.</returns>
    public static string? Run(string script, params string[] arguments)
    {
        // Debian's own interpreter comes first, as it is the one that sees Debian's packages.
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        var start = new ProcessStartInfo(python, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "2";
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.Wait();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no interpreter
        }
    }
}
