using System.Diagnostics;
using System.Globalization;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Checkpoints;

/// <summary>Kills processes at random moments. The environment variable SAL_KILLS sets how many; the default is 20.</summary>
[TestClass]
public sealed class KillTests : IDisposable
{
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("SAL_KILLS") ?? "20", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_training_that_is_killed_repeatedly_ends_in_the_bitwise_identical_model()
    {
        string checkpoint = _folder.File("run"), previous = _folder.File("run.previous"), model = _folder.File("model");
        byte[] expected = CheckpointRun.Bytes(new SalTrainer(Options(threads: 2)).Train(Rows()).Model);
        var random = new Random(7);
        var drafts = new HashSet<string>();
        int kills = 0, betweenRenames = 0, trainings = 0;
        double? whole = null; // duration of the last uninterrupted training, in milliseconds
        while (kills < _kills)
        {
            trainings++;
            Array.ForEach([checkpoint, previous, model], File.Delete);
            int before = kills;
            for (bool isFinished = false; !isFinished;)
            {
                // Allow more time after each kill, so that a machine that has become slow still finishes.
                double? latest = whole * (1 + 0.1 * (kills - before));
                bool hadCheckpoint = File.Exists(checkpoint);
                using Process process = Start("train", checkpoint, model, (1 + random.Next(3)).ToString(CultureInfo.InvariantCulture));
                var clock = Stopwatch.StartNew();
                if (!process.WaitForExit(latest is null ? 60_000 : (int)(latest * random.NextDouble())))
                {
                    process.Kill();
                    process.WaitForExit();
                }

                Assert.AreEqual("", process.StandardError.ReadToEnd(), "no warning and no crash");
                isFinished = process.ExitCode == 0;
                if (isFinished && kills == before)
                {
                    whole = clock.ElapsedMilliseconds;
                }
                else if (!isFinished)
                {
                    kills++;
                    Assert.IsLessThan(100, kills - before, "the training never finishes");
                    drafts.UnionWith(Directory.GetFiles(_folder.Path, "run.*.saving"));
                    betweenRenames += hadCheckpoint && !File.Exists(checkpoint) ? 1 : 0;
                }
            }

            CollectionAssert.AreEqual(expected, File.ReadAllBytes(model), $"training {trainings}, after {kills} kills");
            Assert.IsEmpty(Directory.GetFiles(_folder.Path, "*.saving"));
        }

        TestContext.WriteLine(
            $"{trainings} trainings, {kills} kills, {drafts.Count} of them while a checkpoint was written, "
            + $"{betweenRenames} between its renames: all models are identical.");
    }

    [TestMethod]
    public void A_process_killed_while_saving_a_model_leaves_either_the_old_or_the_new_one()
    {
        string path = _folder.File("model"), first = _folder.File("first"), second = _folder.File("second");
        TrainingSet rows = Rows();
        foreach ((string file, int seed) in new[] { (first, 1), (second, 2) })
        {
            SalTrainingOptions options = CheckpointRun.Options(o => (o.NumberOfEpochs, o.HiddenUnits, o.Seed) = (1, 256, seed));
            CheckpointRun.Run(options, rows)!.Model.Save(file);
        }

        byte[][] models = [File.ReadAllBytes(first), File.ReadAllBytes(second)];
        File.Copy(first, path);
        var random = new Random(8);
        var drafts = new HashSet<string>();
        for (int kill = 0; kill < _kills; kill++)
        {
            using Process process = Start("save", path, first, second);
            process.WaitForExit(random.Next(40));
            Assert.IsFalse(process.HasExited);
            process.Kill();
            process.WaitForExit();
            Assert.AreEqual("", process.StandardError.ReadToEnd());
            byte[] saved = File.ReadAllBytes(path);
            Assert.ContainsSingle(model => model.AsSpan().SequenceEqual(saved), models, $"kill {kill}");
            drafts.UnionWith(Directory.GetFiles(_folder.Path, "*.saving"));
        }

        SalModel.Load(first).Save(path);
        Assert.IsEmpty(Directory.GetFiles(_folder.Path, "*.saving"));
        TestContext.WriteLine($"{_kills} kills, {drafts.Count} of them while the model was written: the file was always whole.");
    }

    /// <summary>Continues training from the checkpoint, in the process to be killed.</summary>
    public static void TrainAndSave(string checkpointPath, string modelPath, int threads)
    {
        SalTrainingOptions options = Options(threads);
        (options.CheckpointPath, options.Resume) = (checkpointPath, true);
        TrainingSet rows = Rows();
        Console.WriteLine("ready");
        new SalTrainer(options).Train(rows, null, null, new TestObserver { Warned = Console.Error.WriteLine }).Model.Save(modelPath);
    }

    /// <summary>Saves two models alternately until the process is killed.</summary>
    public static void SaveInTurn(string path, string firstPath, string secondPath)
    {
        SalModel[] models = [SalModel.Load(firstPath), SalModel.Load(secondPath)];
        Console.WriteLine("ready");
        var clock = Stopwatch.StartNew();
        for (int i = 1; clock.Elapsed.TotalSeconds < 30; i++)
        {
            models[i % 2].Save(path);
        }
    }

    // Both branches are trained, and the checkpoints are large enough that writing them takes much of the time.
    private static SalTrainingOptions Options(int threads) =>
        CheckpointRun.Options(o => (o.NumberOfThreads, o.HiddenUnits, o.ValidationFraction, o.NumberOfEpochs) = (threads, 96, 0.2, 12));

    private static TrainingSet Rows() => CheckpointRun.Rows();

    private static Process Start(params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string? line = process.StandardOutput.ReadLine();
        return line == "ready" ? process : throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }
}
