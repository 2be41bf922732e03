using System.Diagnostics;
using System.Globalization;
using Sal.Benchmarks.Data;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Speed;

/// <summary>
/// Measures the wall time to 98 % accuracy on MNIST's test rows with 784-256-256-10, batch 128, Adam, two threads, without the time to
/// evaluate. SAL's schedule needs to know the number of epochs, so its time is that of the shortest plan that reaches the target; PyTorch
/// stops after the first epoch that does, and its best learning rate counts.
/// </summary>
internal static class TimeToAccuracy
{
    private const double Target = 0.98;
    private const int MostEpochs = 15;

    private const string PyTorch = """
        import sys, time, numpy as np, torch
        torch.set_num_threads(2)
        folder, target, most = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
        def read(name):
            x = torch.from_numpy(np.fromfile(f"{folder}/{name}.u8", np.uint8).reshape(-1, 785))
            return x[:, :784].float(), x[:, 784].long()
        (x, y), (tx, ty) = read("train"), read("test")
        mean, deviation = x.mean(), x.std()
        x, tx = (x - mean) / deviation, (tx - mean) / deviation
        loss = torch.nn.CrossEntropyLoss()
        for rate in (5e-4, 1e-3, 2e-3):
            torch.manual_seed(0)
            net = torch.nn.Sequential(
                torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 256), torch.nn.ReLU(), torch.nn.Linear(256, 10))
            opt = torch.optim.Adam(net.parameters(), lr=rate)
            seconds = 0
            for epoch in range(1, most + 1):
                start = time.perf_counter()
                order = torch.randperm(len(x))
                for i in range(0, len(x), 128):
                    rows = order[i:i + 128]
                    opt.zero_grad(set_to_none=True)
                    loss(net(x[rows]), y[rows]).backward()
                    opt.step()
                seconds += time.perf_counter() - start
                with torch.no_grad():
                    accuracy = (net(tx).argmax(1) == ty).double().mean().item()
                if accuracy >= target:
                    print(rate, epoch, accuracy, seconds)
                    break
        """;

    /// <summary>Measures SAL's time / PyTorch's; null if MNIST or PyTorch is not available.</summary>
    public static Ratio? Measure()
    {
        const string Key = "mnist98_vs_pytorch";
        BenchmarkSet mnist;
        try
        {
            mnist = BenchmarkSets.Read("mnist", DataFiles.Create(folder: null, noDownload: false));
        }
        catch (FileNotFoundException exception)
        {
            Console.WriteLine($"{Key}: left out: {exception.Message}");
            return null;
        }

        if (Peer(mnist) is not { } peer)
        {
            Console.WriteLine(
                $"{Key}: left out, as python3 has no PyTorch (Debian: python3-torch) or PyTorch does not reach {Target:P0}.");
            return null;
        }

        double ratio = Sal(mnist) / peer;
        const string What = "SAL / PyTorch, wall time to 98 % on MNIST, 784-256-256-10, batch 128, 2 threads";
        return new Ratio(Key, What, "at most 0.3", ratio, ratio, ratio);
    }

    private static double Sal(BenchmarkSet mnist)
    {
        RowSplit split = mnist.Split(0);
        using TrainingSet rows = mnist.Rows.ToTrainingSet(split.Training);
        for (int epochs = 1; epochs <= MostEpochs; epochs++)
        {
            var options = new SalTrainingOptions
            {
                NumberOfLayers = 2, NumberOfAreas = 1, NumberOfEpochs = epochs, BatchSize = 128, NumberOfThreads = 2,
                InputScaling = mnist.Scaling, DropoutRate = 0, LearningRate = 2e-3,
            };
            long start = Stopwatch.GetTimestamp();
            SalModel model = new SalTrainer(options).Train(rows).Model;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double accuracy = Accuracy(model, mnist.Rows, split.Test);
            Console.WriteLine(FormattableString.Invariant($"MNIST, SAL, planned for {epochs} epochs: {accuracy:P2} after {seconds:F2} s"));
            if (accuracy >= Target)
            {
                return seconds;
            }
        }

        return double.PositiveInfinity;
    }

    private static double Accuracy(SalModel model, LabeledRows rows, int[] test)
    {
        var probabilities = new float[rows.ClassCount];
        int hits = 0;
        foreach (int row in test)
        {
            model.Predict(rows.Features(row), probabilities);
            hits += Array.IndexOf(probabilities, probabilities.Max()) == rows.Label(row) ? 1 : 0;
        }

        return (double)hits / test.Length;
    }

    private static double? Peer(BenchmarkSet mnist)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sal-benchmarks-");
        try
        {
            RowSplit split = mnist.Split(0);
            Write(Path.Combine(folder.FullName, "train.u8"), mnist.Rows, split.Training);
            Write(Path.Combine(folder.FullName, "test.u8"), mnist.Rows, split.Test);
            string? output = PeerSpeed.Run(PyTorch, folder.FullName, Target.ToString(CultureInfo.InvariantCulture), $"{MostEpochs}");
            double? best = null;
            foreach (string line in output?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                string[] figures = line.Split(' ');
                double accuracy = double.Parse(figures[2], CultureInfo.InvariantCulture);
                double seconds = double.Parse(figures[3], CultureInfo.InvariantCulture);
                Console.WriteLine(FormattableString.Invariant(
                    $"MNIST, PyTorch, learning rate {figures[0]}, {figures[1]} epochs: {accuracy:P2} after {seconds:F2} s"));
                best = Math.Min(best ?? seconds, seconds);
            }

            return best;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Writes the pixels and the class of each row, one byte each.
    private static void Write(string path, LabeledRows rows, int[] picked)
    {
        using var stream = new BufferedStream(File.Create(path), 1 << 20);
        var bytes = new byte[rows.FeatureCount + 1];
        foreach (int row in picked)
        {
            ReadOnlySpan<float> features = rows.Features(row);
            for (int i = 0; i < features.Length; i++)
            {
                bytes[i] = (byte)features[i];
            }

            bytes[^1] = (byte)rows.Label(row);
            stream.Write(bytes);
        }
    }
}
