using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Checkpoints;

/// <summary>Training in pieces ends in the bitwise identical model of an uninterrupted run.</summary>
[TestClass]
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> Cases =>
    [
        Case("one area", o => o.NumberOfAreas = 1),
        Case("areas", o => o.NumberOfAreas = 3),
        Case("areas from the start", o => (o.NumberOfAreas, o.SharedPhaseFraction) = (2, 0)),
        Case("first layer routed", o => (o.NumberOfAreas, o.RoutedLayers) = (3, RoutedLayers.FirstOnly)),
        Case("open areas", _ => { }),
        Case("open areas with validation", o => o.ValidationFraction = 0.2),
        Case("patience", o => (o.ValidationFraction, o.EarlyStoppingPatience, o.MinimumImprovement, o.NumberOfEpochs) = (0.2, 2, 0.05, 16)),
        Case("a fluctuating loss", o =>
            (o.ValidationFraction, o.NumberOfAreas, o.LearningRate, o.Schedule) = (0.2, 2, 0.1, LearningRateSchedule.Constant)),
        Case("descent", o => (o.Optimizer, o.LearningRate) = (OptimizerKind.Sgd, 0.1)),
        Case("momentum", o => (o.Optimizer, o.LearningRate, o.NumberOfAreas) = (OptimizerKind.SgdMomentum, 0.05, 2)),
        Case("weight decay", o => (o.WeightDecay, o.NumberOfAreas) = (0.1, 2)),
        Case("backpropagation", o => (o.Rule, o.NumberOfAreas) = (LearningRule.Backpropagation, 2)),
        Case("direct feedback", o => (o.Rule, o.NumberOfAreas) = (LearningRule.DirectFeedback, 2)),
        Case("fixed feedback, tanh, residual", o =>
            (o.Feedback, o.Activation, o.Residual, o.NumberOfLayers) = (FeedbackKind.Fixed, ActivationKind.Tanh, true, 3)),
        Case("hyperplanes, unbalanced, no clip", o =>
            (o.Router, o.UnbalancedSets, o.InputClip, o.NumberOfAreas) = (RouterKind.RandomHyperplanes, true, null, 3)),
    ];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Training_stopped_after_every_epoch_ends_in_the_same_model(string name, Action<SalTrainingOptions> set) =>
        AssertPiecesMakeTheWhole(name, set, CheckpointRun.Rows());

    [TestMethod]
    [DataRow(null)]
    [DataRow(2)]
    public void Training_on_sparse_rows_ends_in_the_same_model(int? areas) =>
        AssertPiecesMakeTheWhole("sparse", o => (o.NumberOfAreas, o.ValidationFraction) = (areas, 0.1), CheckpointRun.Rows(isSparse: true));

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Training_from_a_start_model_ends_in_the_same_model(int areas)
    {
        TrainingSet rows = CheckpointRun.Rows();
        SalModel start = CheckpointRun.Run(CheckpointRun.Options(o => o.NumberOfAreas = areas), rows)!.Model;
        AssertPiecesMakeTheWhole("start model", _ => { }, CheckpointRun.Rows(seed: 2), start: start);
    }

    [TestMethod]
    public void Training_with_a_validation_set_ends_in_the_same_model() =>
        AssertPiecesMakeTheWhole("validation", _ => { }, CheckpointRun.Rows(), validation: CheckpointRun.Rows(100, seed: 5));

    [TestMethod]
    public void Resuming_a_finished_training_returns_its_model_at_once()
    {
        TrainingSet rows = CheckpointRun.Rows();
        SalTrainingOptions options =
            CheckpointRun.Options(o => (o.CheckpointPath, o.Resume, o.CheckpointIntervalSeconds) = (_folder.File("run"), true, 1_000_000));
        SalTrainingResult first = CheckpointRun.Run(options, rows)!;
        DateTime written = File.GetLastWriteTimeUtc(options.CheckpointPath!);

        var reports = new List<SalTrainingProgress>();
        SalTrainingResult second = new SalTrainer(options).Train(rows, progress: new Progress(reports));

        Assert.IsEmpty(reports);
        CollectionAssert.AreEqual(CheckpointRun.Bytes(first.Model), CheckpointRun.Bytes(second.Model));
        CollectionAssert.AreEqual(
            first.History.Epochs.Select(epoch => epoch.Seconds).ToArray(), second.History.Epochs.Select(epoch => epoch.Seconds).ToArray());
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(options.CheckpointPath!));
    }

    [TestMethod]
    public void Checkpoints_are_written_no_more_often_than_the_interval_allows()
    {
        SalTrainingOptions options =
            CheckpointRun.Options(o => (o.CheckpointPath, o.CheckpointIntervalSeconds) = (_folder.File("run"), 1_000_000));
        Assert.IsNull(CheckpointRun.Run(options, CheckpointRun.Rows(), stopAfterEpochs: 3));
        Assert.IsEmpty(Directory.GetFiles(_folder.Path));
        Assert.IsNotNull(CheckpointRun.Run(options, CheckpointRun.Rows()));
        Assert.HasCount(1, Directory.GetFiles(_folder.Path));
    }

    [TestMethod]
    public void A_training_ended_by_its_time_budget_resumes_to_the_model_of_an_uninterrupted_run()
    {
        TrainingSet rows = CheckpointRun.Rows(2_000);
        void Set(SalTrainingOptions o) => (o.NumberOfEpochs, o.NumberOfAreas, o.HiddenUnits) = (30, 2, 64);
        byte[] whole = CheckpointRun.Bytes(CheckpointRun.Run(CheckpointRun.Options(Set), rows)!.Model);
        SalTrainingOptions options = CheckpointRun.Options(Set);
        (options.CheckpointPath, options.Resume, options.TimeBudgetSeconds) = (_folder.File("run"), true, 0.002);
        int runs = 0;
        for (SalTrainingResult? result = null; result is null || result.History.Epochs.Count < 30; runs++)
        {
            Assert.IsLessThan(1_000, runs);
            options.TimeBudgetSeconds *= 1.1;
            result = CheckpointRun.Run(options, rows);
        }

        Assert.IsGreaterThan(1, runs);
        options.TimeBudgetSeconds = null;
        CollectionAssert.AreEqual(whole, CheckpointRun.Bytes(CheckpointRun.Run(options, rows)!.Model));
    }

    [TestMethod]
    public void A_canceled_training_resumes_from_its_last_checkpoint()
    {
        TrainingSet rows = CheckpointRun.Rows();
        byte[] whole = CheckpointRun.Bytes(CheckpointRun.Run(CheckpointRun.Options(), rows)!.Model);
        SalTrainingOptions options = CheckpointRun.Options(o => (o.CheckpointPath, o.Resume) = (_folder.File("run"), true));
        using (var source = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(
                () => new SalTrainer(options).Train(rows, progress: new Cancel(source, 4), cancellationToken: source.Token));
        }

        var reports = new List<SalTrainingProgress>();
        SalTrainingResult result = new SalTrainer(options).Train(rows, progress: new Progress(reports));
        Assert.AreEqual(5, reports[0].FinishedEpochs);
        CollectionAssert.AreEqual(whole, CheckpointRun.Bytes(result.Model));
    }

    private void AssertPiecesMakeTheWhole(
        string name, Action<SalTrainingOptions> set, TrainingSet rows, TrainingSet? validation = null, SalModel? start = null)
    {
        var reports = new List<SalTrainingProgress>();
        SalTrainingResult whole = new SalTrainer(CheckpointRun.Options(set)).Train(rows, validation, start, new Progress(reports));

        SalTrainingOptions options = CheckpointRun.Options(set);
        (options.CheckpointPath, options.Resume) = (_folder.File("run"), true);
        SalTrainingResult? pieces = null;
        int runs = 0;
        for (; pieces is null; runs++)
        {
            Assert.IsLessThanOrEqualTo(reports.Count, runs, name);
            options.NumberOfThreads = 1 + runs % 3;
            var warnings = new List<string>();
            pieces = CheckpointRun.Run(options, rows, stopAfterEpochs: 1, validation, start, warnings);
            Assert.IsEmpty(warnings);
        }

        Assert.AreEqual(reports.Count + 1, runs, name);
        CollectionAssert.AreEqual(CheckpointRun.Bytes(whole.Model), CheckpointRun.Bytes(pieces.Model), name);
        CollectionAssert.AreEqual(whole.History.Epochs.Select(Figures).ToArray(), pieces.History.Epochs.Select(Figures).ToArray(), name);
        Assert.HasCount(2, Directory.GetFiles(_folder.Path));

        static string Figures(SalEpoch epoch) => $"{epoch with { AreaLoads = [], Seconds = 0 }} {string.Join(' ', epoch.AreaLoads)}";
    }

    private static object[] Case(string name, Action<SalTrainingOptions> set) => [name, set];

    private sealed class Progress(List<SalTrainingProgress> reports) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value) => reports.Add(value);
    }

    private sealed class Cancel(CancellationTokenSource source, int afterEpochs) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value)
        {
            if (value.FinishedEpochs == afterEpochs)
            {
                source.Cancel();
            }
        }
    }
}
