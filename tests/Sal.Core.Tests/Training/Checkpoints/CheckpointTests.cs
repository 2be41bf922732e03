using System.Reflection;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Training;
using Sal.Core.Training.Checkpoints;
using Sal.Core.Training.Step;

namespace Sal.Core.Tests.Training.Checkpoints;

/// <summary>Checkpoints that are damaged, belong to another training, or cannot be written.</summary>
[TestClass]
public sealed class CheckpointTests : IDisposable
{
    private static readonly TrainingSet _rows = CheckpointRun.Rows();
    private static readonly byte[] _whole = CheckpointRun.Bytes(CheckpointRun.Run(CheckpointRun.Options(), _rows)!.Model);

    private static readonly NetworkShape _shape = SalModel.Load(new MemoryStream(_whole)).Network.Shape;

    private readonly TemporaryFolder _folder = new();

    private string Newest => _folder.File("run");

    private string Previous => _folder.File("run.previous");

    public void Dispose() => _folder.Dispose();

    public static IEnumerable<object[]> Damages =>
    [
        ["empty", (Func<byte[], byte[]>)(_ => [])],
        ["one byte", (Func<byte[], byte[]>)(bytes => bytes[..1])],
        ["half", (Func<byte[], byte[]>)(bytes => bytes[..(bytes.Length / 2)])],
        ["without its last byte", (Func<byte[], byte[]>)(bytes => bytes[..^1])],
        ["longer", (Func<byte[], byte[]>)(bytes => [.. bytes, 0])],
        ["zeros", (Func<byte[], byte[]>)(bytes => new byte[bytes.Length])],
        ["another file", (Func<byte[], byte[]>)(_ => _whole)],
    ];

    [TestMethod]
    [DynamicData(nameof(Damages))]
    public void Training_falls_back_from_a_damaged_checkpoint_to_the_previous_one_with_a_warning(string name, Func<byte[], byte[]> damage)
    {
        Stop(afterEpochs: 4);
        File.WriteAllBytes(Newest, damage(File.ReadAllBytes(Newest)));
        byte[] previous = File.ReadAllBytes(Previous);

        var warnings = new List<string>();
        Assert.IsNull(CheckpointRun.Run(Options(), _rows, stopAfterEpochs: 1, warnings: warnings), name);
        StringAssert.Contains(warnings.Single(), Newest);
        StringAssert.Contains(warnings.Single(), "after 3 epochs");

        // The damaged file did not replace the intact one.
        CollectionAssert.AreEqual(previous, File.ReadAllBytes(Previous));
        AssertResumes();
    }

    [TestMethod]
    public void Every_altered_byte_is_detected()
    {
        Stop(afterEpochs: 4);
        byte[] intact = File.ReadAllBytes(Newest);
        for (int i = 0; i < intact.Length; i += i < 1_000 ? 7 : 1_009)
        {
            byte[] altered = [.. intact];
            altered[i] ^= (byte)(1 << (i % 8));
            Assert.ThrowsExactly<InvalidDataException>(() => Read(altered), $"byte {i}");
        }

        Assert.AreEqual(4, Read(intact).FinishedEpochs);

        static TrainingState Read(byte[] bytes) =>
            CheckpointFile.Read(new MemoryStream(bytes), _ => { }, _shape, ParameterPass.Create(CheckpointRun.Options()));
    }

    [TestMethod]
    public void A_checkpoint_of_a_different_network_layout_is_refused()
    {
        Stop(afterEpochs: 1);
        byte[] bytes = File.ReadAllBytes(Newest);
        ParameterPass parameterPass = ParameterPass.Create(CheckpointRun.Options());
        Assert.AreEqual(1, CheckpointFile.Read(new MemoryStream(bytes), _ => { }, _shape, parameterPass).FinishedEpochs);
        Assert.ThrowsExactly<InvalidDataException>(
            () => CheckpointFile.Read(new MemoryStream(bytes), _ => { }, _shape with { InputWidth = 21 }, parameterPass));
    }

    [TestMethod]
    public void Training_resumes_from_the_previous_checkpoint_if_the_newest_is_missing()
    {
        // This is what a process leaves behind that is killed between the two renames.
        Stop(afterEpochs: 4);
        File.Delete(Newest);
        AssertResumes();
    }

    [TestMethod]
    public void Two_damaged_checkpoints_are_an_error_that_says_what_to_do()
    {
        Stop(afterEpochs: 4);
        File.WriteAllText(Newest, "no checkpoint");
        File.WriteAllText(Previous, "none either, though it is long enough to hold a checksum");

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => CheckpointRun.Run(Options(), _rows));
        foreach (string part in new[] { $"'{Newest}'", $"'{Previous}'", "Resume to false" })
        {
            StringAssert.Contains(error.Message, part);
        }

        Assert.AreEqual("no checkpoint", File.ReadAllText(Newest));
    }

    [TestMethod]
    public void A_newer_format_is_refused_with_its_version()
    {
        Stop(afterEpochs: 1);
        byte[] bytes = File.ReadAllBytes(Newest);
        bytes[8] = 3;
        System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32), bytes.AsSpan(bytes.Length - 32));
        File.WriteAllBytes(Newest, bytes);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => CheckpointRun.Run(Options(), _rows)).Message, "version 3");
    }

    [TestMethod]
    public void A_checkpoint_of_different_rows_is_refused()
    {
        Stop(afterEpochs: 2);
        TrainingSet[] others =
        [
            CheckpointRun.Rows(239),
            CheckpointRun.Rows(241),
            CheckpointRun.Rows(isSparse: true),
            CheckpointRun.Rows(changeLast: (_, label, weight) => ((label + 1) % 3, weight)),
            CheckpointRun.Rows(changeLast: (_, label, weight) => (label, MathF.BitIncrement(weight))),
            CheckpointRun.Rows(changeLast: (features, label, weight) =>
            {
                features[^1] = MathF.BitIncrement(features[^1]);
                return (label, weight);
            }),
        ];
        foreach (TrainingSet rows in others)
        {
            StringAssert.Contains(
                Assert.ThrowsExactly<InvalidOperationException>(() => CheckpointRun.Run(Options(), rows)).Message,
                "training rows: 240 of 20 features");
        }

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => CheckpointRun.Run(Options(), _rows, validation: _rows)).Message,
            "validation rows: none in");
        AssertResumes();
    }

    [TestMethod]
    public void A_sparse_value_moved_to_another_feature_is_detected()
    {
        Assert.AreEqual(Fingerprint(isMoved: false), Fingerprint(isMoved: false));
        Assert.AreNotEqual(Fingerprint(isMoved: false), Fingerprint(isMoved: true));

        static string Fingerprint(bool isMoved)
        {
            TrainingSet rows = CheckpointRun.Rows(isSparse: true, changeLast: (features, label, weight) =>
            {
                int from = Array.FindLastIndex(features, value => value != 0), to = isMoved ? from + 1 : from;
                (features[from], features[to]) = (features[to], features[from]);
                return (label, weight);
            });
            return TrainingFingerprint.Compute(CheckpointRun.Options(), new TrainingInputs(rows, null, null), TrainingLimits.None)
                .Lines.Single(line => line.StartsWith("training rows", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public void A_checkpoint_with_a_different_start_model_is_refused()
    {
        SalModel start = SalModel.Load(new MemoryStream(_whole));
        Assert.IsNull(CheckpointRun.Run(Options(), _rows, stopAfterEpochs: 2, start: start));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => CheckpointRun.Run(Options(), _rows)).Message, "start model");
    }

    [TestMethod]
    public void A_checkpoint_of_different_options_is_refused_with_their_names()
    {
        Stop(afterEpochs: 2);
        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => CheckpointRun.Run(Options(o => (o.HiddenUnits, o.Seed, o.LearningRate) = (25, 4, 0.02)), _rows)).Message;
        foreach (string part in new[] { "HiddenUnits: 24 in the checkpoint, 25 now", "Seed: 0 in", "LearningRate: 0.01 in", "Resume" })
        {
            StringAssert.Contains(message, part);
        }

        Assert.IsFalse(message.Contains("training rows", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Every_option_that_affects_the_model_is_part_of_the_fingerprint()
    {
        string[] without =
            ["NumberOfThreads", "TimeBudgetSeconds", "CheckpointPath", "CheckpointIntervalSeconds", "Resume", "KeepModelOnCancellation"];
        SalTrainingOptions options = CheckpointRun.Options();
        TrainingFingerprint fingerprint = TrainingFingerprint.Compute(options, new TrainingInputs(_rows, null, null), TrainingLimits.None);
        foreach (PropertyInfo property in typeof(SalTrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            SalTrainingOptions other = options.Clone();
            property.SetValue(other, property.GetValue(options) switch
            {
                bool value => !value,
                Enum value => Enum.ToObject(value.GetType(), 1),
                int value => value + 1,
                double value => value + 0.1,
                null when property.PropertyType == typeof(string) => "x",
                _ => Convert.ChangeType(3, Nullable.GetUnderlyingType(property.PropertyType)!),
            });
            string differences = TrainingFingerprint.Compute(other, new TrainingInputs(_rows, null, null), TrainingLimits.None)
                .Differences(fingerprint);
            Assert.AreEqual(!without.Contains(property.Name), differences.StartsWith($"{property.Name}: ", StringComparison.Ordinal),
                $"{property.Name}: '{differences}'");
        }
    }

    [TestMethod]
    public void Without_resume_training_starts_from_the_beginning()
    {
        Stop(afterEpochs: 4);
        SalTrainingOptions options = Options(o => (o.Resume, o.Seed) = (false, 9));
        Assert.IsNull(CheckpointRun.Run(options, _rows, stopAfterEpochs: 1));
        Assert.IsNull(CheckpointRun.Run(options, _rows, stopAfterEpochs: 1), "the checkpoint of another training is overwritten");
    }

    [TestMethod]
    public void An_unwritable_path_is_an_error_before_training_starts()
    {
        Directory.CreateDirectory(Newest);
        foreach (string path in new[] { _folder.File("none/run"), Newest })
        {
            IOException error = Assert.ThrowsExactly<IOException>(() => CheckpointRun.Run(Options(o => o.CheckpointPath = path), _rows));
            StringAssert.Contains(error.Message, "CheckpointPath");
            StringAssert.Contains(error.Message, path);
        }
    }

    [TestMethod]
    public void Drafts_of_killed_processes_are_removed()
    {
        File.WriteAllText(_folder.File("run.abcdefgh.ijk.saving"), "");
        Stop(afterEpochs: 1);
        CollectionAssert.AreEqual(new[] { Newest }, Directory.GetFiles(_folder.Path));
    }

    [TestMethod]
    public void A_checkpoint_that_cannot_be_written_causes_one_warning_and_training_continues()
    {
        // The folder is gone for three epochs; then a folder permanently blocks the path of the previous checkpoint.
        string folder = _folder.File("checkpoints"), away = _folder.File("away"), path = Path.Combine(folder, "run");
        Directory.CreateDirectory(folder);
        var warnings = new List<string>();
        SalTrainingResult result = new SalTrainer(Options(o => o.CheckpointPath = path)).Train(
            _rows, null, null, new TestObserver
            {
                EpochEnded = progress =>
                {
                    if (progress.FinishedEpochs == 1)
                    {
                        Directory.Move(folder, away);
                    }
                    else if (progress.FinishedEpochs == 4)
                    {
                        Directory.Move(away, folder);
                        Directory.CreateDirectory($"{path}.previous");
                    }
                },
                Warned = warnings.Add,
            });

        CollectionAssert.AreEqual(_whole, CheckpointRun.Bytes(result.Model));
        Assert.HasCount(2, warnings);
        StringAssert.Contains(warnings[0], "after 2 epochs");
        StringAssert.Contains(warnings[1], "after 5 epochs");
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder), "no drafts");

        Directory.Delete($"{path}.previous");
        var reports = new List<int>();
        result = new SalTrainer(Options(o => o.CheckpointPath = path))
            .Train(_rows, null, null, new TestObserver { EpochEnded = progress => reports.Add(progress.FinishedEpochs) });
        Assert.AreEqual(2, reports[0], "training resumes from the checkpoint of the first epoch");
        CollectionAssert.AreEqual(_whole, CheckpointRun.Bytes(result.Model));
    }

    private SalTrainingOptions Options(Action<SalTrainingOptions>? set = null) => CheckpointRun.Options(o =>
    {
        (o.CheckpointPath, o.Resume) = (Newest, true);
        set?.Invoke(o);
    });

    private void Stop(int afterEpochs) => Assert.IsNull(CheckpointRun.Run(Options(), _rows, afterEpochs));

    private void AssertResumes()
    {
        var warnings = new List<string>();
        CollectionAssert.AreEqual(_whole, CheckpointRun.Bytes(CheckpointRun.Run(Options(), _rows, warnings: warnings)!.Model));
        Assert.IsEmpty(warnings);
    }
}
