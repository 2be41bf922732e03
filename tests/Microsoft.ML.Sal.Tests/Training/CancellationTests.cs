using System.Diagnostics;
using System.Reflection;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>
/// Cancels training on Digits at any moment, by the token in the options or through the host: training ends within 200 ms with an
/// <see cref="OperationCanceledException"/>, its threads are gone, and training again gives the usual model.
/// </summary>
[TestClass]
[DoNotParallelize] // counts threads and measures times
public class CancellationTests
{
    private const double LimitMilliseconds = 200;
    private const int Moments = 3;
    private const int Tries = 3; // other processes may take the processor: training must end in time once

    public TestContext TestContext { get; set; } = null!;

    public enum Means
    {
        Token,
        Host,
    }

    public enum Moment
    {
        Loading,
        SharedPhase,
        Partition,
        RoutedPhase,
        Validation,
        Any,
    }

    [TestMethod]
    [DataRow(Moment.Loading, Means.Token)]
    [DataRow(Moment.SharedPhase, Means.Token)]
    [DataRow(Moment.Partition, Means.Token)]
    [DataRow(Moment.RoutedPhase, Means.Token)]
    [DataRow(Moment.Validation, Means.Token)]
    [DataRow(Moment.Any, Means.Token)]
    [DataRow(Moment.Loading, Means.Host)]
    [DataRow(Moment.SharedPhase, Means.Host)]
    [DataRow(Moment.Partition, Means.Host)]
    [DataRow(Moment.RoutedPhase, Means.Host)]
    [DataRow(Moment.Validation, Means.Host)]
    [DataRow(Moment.Any, Means.Host)]
    public void Canceling_ends_training_at_once_and_leaves_nothing_behind(Moment moment, Means means) =>
        CancelAtRandom(moment, means, keepsModel: false);

    [TestMethod]
    [DataRow(Moment.SharedPhase, Means.Token)]
    [DataRow(Moment.Partition, Means.Token)]
    [DataRow(Moment.RoutedPhase, Means.Token)]
    [DataRow(Moment.Validation, Means.Token)]
    [DataRow(Moment.RoutedPhase, Means.Host)]
    public void Keeping_the_model_ends_training_as_soon(Moment moment, Means means) => CancelAtRandom(moment, means, keepsModel: true);

    private void CancelAtRandom(Moment moment, Means means, bool keepsModel)
    {
        byte[] usual = Train(moment, out double seconds);
        var random = new Random((int)moment);
        List<double> latencies = [];
        for (int i = 0; i < Moments; i++)
        {
            double share = random.NextDouble(), best = double.PositiveInfinity;
            for (int attempt = 0; attempt < Tries && best > LimitMilliseconds; attempt++)
            {
                best = Math.Min(best, Cancel(moment, means, DelayAfterSignal(moment, share, seconds), keepsModel));
            }

            latencies.Add(best);
        }

        TestContext.WriteLine($"{moment}, {means}: ended after {latencies.Average():F0} ms on average, {latencies.Max():F0} ms at most.");
        Assert.IsLessThanOrEqualTo(LimitMilliseconds, latencies.Max());
        CollectionAssert.AreEqual(usual, Train(moment, out _));
    }

    [TestMethod]
    public void The_threads_of_the_trainer_are_visible_while_it_trains()
    {
        int during = 0;
        var mlContext = new MLContext();
        SalMulticlassTrainer.Options options = Options(Moment.SharedPhase, epochs: 1);
        options.Progress = new Listener(() => during = WorkerThreadCount());
        mlContext.MulticlassClassification.Trainers.Sal(options).Fit(Rows(mlContext, Moment.SharedPhase, null));

        Assert.AreEqual(OperatingSystem.IsLinux() ? 2 : 0, during);
        AssertNoWorkerThreadIsLeft();
    }

    [TestMethod]
    public void Canceling_while_rows_are_written_to_files_leaves_no_file_behind()
    {
        var mlContext = new MLContext(seed: 1);
        using var source = new CancellationTokenSource();
        SalMulticlassTrainer.Options options = Options(Moment.Loading, epochs: 1);
        (options.MaximumCacheMegabytes, options.CancellationToken) = (0, source.Token);
        int mapped = 0;

        Assert.Throws<OperationCanceledException>(
            () => mlContext.MulticlassClassification.Trainers.Sal(options).Fit(mlContext.Data.LoadFromEnumerable(CancelingRows())));

        Assert.AreEqual(OperatingSystem.IsLinux(), mapped > 0);
        Assert.AreEqual(0, MappedFileCount());
        Assert.IsEmpty(Directory.GetFiles(Path.GetTempPath(), "sal-rows-*"));

        IEnumerable<Digit> CancelingRows()
        {
            foreach ((int i, Digit row) in Digit.All.Index())
            {
                if (i == 1_500)
                {
                    mapped = MappedFileCount();
                    source.Cancel();
                }

                yield return row;
            }
        }
    }

    // Trains until canceled, and returns the milliseconds from cancellation to the end.
    private static double Cancel(Moment moment, Means means, TimeSpan delay, bool keepsModel)
    {
        var mlContext = new MLContext(seed: 1);
        using var source = new CancellationTokenSource();
        using var canceler =
            new Canceler(delay, means == Means.Token ? source.Cancel : () => CancelHost(mlContext), epoch => IsSignal(moment, epoch));
        SalMulticlassTrainer.Options options = Options(moment, epochs: 100_000);
        options.CancellationToken = source.Token;
        options.Progress = canceler;
        options.KeepModelOnCancellation = keepsModel;
        SalMulticlassTrainer trainer = mlContext.MulticlassClassification.Trainers.Sal(options);
        IDataView rows = Rows(mlContext, moment, canceler);
        if (moment == Moment.Validation)
        {
            options.ValidationSet = mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(Digit.All, 5).SelectMany(row => row));
            trainer = mlContext.MulticlassClassification.Trainers.Sal(options);
        }

        if (moment == Moment.Any)
        {
            canceler.Signal();
        }

        if (keepsModel)
        {
            Assert.IsNotNull(trainer.Fit(rows).Model.TrainingInfo!.StoppedInEpoch);
        }
        else
        {
            Assert.Throws<OperationCanceledException>(() => trainer.Fit(rows));
        }

        double latency = canceler.Elapsed!.Value.TotalMilliseconds;
        AssertNoWorkerThreadIsLeft();
        return latency;
    }

    private static byte[] Train(Moment moment, out double seconds)
    {
        var mlContext = new MLContext(seed: 1);
        long start = Stopwatch.GetTimestamp();
        byte[] model = mlContext.MulticlassClassification.Trainers.Sal(Options(moment, epochs: 4))
            .Fit(Rows(mlContext, moment, null)).Model.ModelBytes();
        seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return model;
    }

    // With 100,000 epochs, the shared phase ends after two of them.
    private static SalMulticlassTrainer.Options Options(Moment moment, int epochs) => new()
    {
        NumberOfEpochs = epochs,
        LabelColumnName = nameof(Digit.Key),
        HiddenUnits = 64,
        NumberOfAreas = moment switch { Moment.SharedPhase => 1, Moment.Partition => 64, _ => 8 },
        SharedPhaseFraction = epochs == 100_000 && moment is Moment.Partition or Moment.RoutedPhase or Moment.Any ? 2.5 / epochs : 0.5,
        ValidationFraction = moment == Moment.Any ? 0.2 : 0,
        NumberOfThreads = 3,
        Seed = 7,
    };

    private static bool IsSignal(Moment moment, SalEpoch epoch) => moment switch
    {
        Moment.SharedPhase or Moment.Validation => epoch.Epoch == 1,
        Moment.Partition => epoch.Epoch == 2,
        Moment.RoutedPhase => epoch.Phase == TrainingPhase.Routed,
        _ => false,
    };

    private static TimeSpan DelayAfterSignal(Moment moment, double share, double seconds) => share * moment switch
    {
        Moment.Any => TimeSpan.FromSeconds(seconds),
        Moment.Loading => TimeSpan.Zero,
        _ => TimeSpan.FromMilliseconds(60),
    };

    // If loading is to be canceled, each row takes a millisecond, and one of them sends the signal.
    private static IDataView Rows(MLContext mlContext, Moment moment, Canceler? canceler)
    {
        return mlContext.Data.LoadFromEnumerable(moment == Moment.Loading && canceler is not null ? Slowly() : Digit.All);

        IEnumerable<Digit> Slowly()
        {
            int signal = Random.Shared.Next(Digit.All.Length / 20);
            foreach ((int i, Digit row) in Digit.All.Index())
            {
                if (i == signal)
                {
                    canceler.Signal();
                }

                Thread.Sleep(1);
                yield return row;
            }
        }
    }

    private static void CancelHost(MLContext mlContext) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(mlContext, null);

    // The system may still list a thread that has just ended.
    private static void AssertNoWorkerThreadIsLeft() =>
        Assert.IsTrue(SpinWait.SpinUntil(() => WorkerThreadCount() == 0, TimeSpan.FromSeconds(5)));

    // Memory maps can be read on Linux only.
    private static int MappedFileCount() => !OperatingSystem.IsLinux() ? 0 : File.ReadLines("/proc/self/maps")
        .Count(line => line.Contains("sal-rows-", StringComparison.Ordinal));

    // Thread names can be read on Linux only.
    private static int WorkerThreadCount() =>
        !OperatingSystem.IsLinux() ? 0 : Directory.EnumerateDirectories("/proc/self/task").Count(IsWorker);

    private static bool IsWorker(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("SAL worker", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // the thread has ended in the meantime
        }
    }

    private sealed class Listener(Action listen) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value) => listen();
    }
}
