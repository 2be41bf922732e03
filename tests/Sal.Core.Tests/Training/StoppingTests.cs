using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Tests.Training.Checkpoints;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

/// <summary>
/// Training that is stopped by a receiver of progress, or canceled with KeepModelOnCancellation, returns the best model so far: the model
/// that training for so many epochs gives.
/// </summary>
[TestClass]
public class StoppingTests
{
    private const int Epochs = 10, SharedEpochs = 5;

    private static readonly TrainingSet _rows = CheckpointRun.Rows();

    public static IEnumerable<object[]> Stops =>
        from areas in new int?[] { 1, 3 }
        from epoch in new[] { 1, SharedEpochs - 1, SharedEpochs, SharedEpochs + 1, Epochs - 2 }
        from isCanceled in new[] { false, true }
        select new object[] { areas!, epoch, isCanceled };

    [TestMethod]
    [DynamicData(nameof(Stops))]
    public void The_model_is_that_of_the_epoch_on_any_number_of_threads(int areas, int epoch, bool isCanceled)
    {
        byte[] expected = TrainFor(epoch, areas);
        foreach (int threads in new[] { 1, 2, 4 })
        {
            SalTrainingResult result = StopAfter(epoch, isCanceled, o => (o.NumberOfAreas, o.NumberOfThreads) = (areas, threads));

            Assert.IsTrue(expected.AsSpan().SequenceEqual(CheckpointRun.Bytes(result.Model)), $"{threads} threads");
            Assert.AreEqual((epoch, epoch), (result.KeptEpoch, result.StoppedInEpoch));
            CollectionAssert.AreEqual(Enumerable.Range(1, epoch).ToArray(), result.History.Epochs.Select(each => each.Epoch).ToArray());
        }
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 3)]
    [DataRow(4, 3)]
    public void Canceled_in_the_middle_of_an_epoch_it_is_the_model_of_the_one_before(int areas, int threads)
    {
        TrainingSet rows = ShippedSet.Digits().Training(0);
        for (int milliseconds = 40; milliseconds <= 400; milliseconds += 90)
        {
            using var source = new CancellationTokenSource();
            var options = new SalTrainingOptions
            {
                NumberOfEpochs = 100_000, HiddenUnits = 32, NumberOfAreas = areas, NumberOfThreads = threads,
                Schedule = LearningRateSchedule.Constant, SharedPhaseFraction = 1.5 / 100_000, KeepModelOnCancellation = true,
            };
            var observer = new TestObserver { EpochEnded = ended => Start(ended.FinishedEpochs) };
            SalTrainingResult result = new SalTrainer(options).Train(rows, null, null, observer, source.Token);

            Assert.IsInRange(result.KeptEpoch, result.KeptEpoch + 1, result.StoppedInEpoch!.Value);
            (options.NumberOfEpochs, options.SharedPhaseFraction) = (result.KeptEpoch, 1.5 / Math.Max(2, result.KeptEpoch));
            options.NumberOfAreas = result.KeptEpoch == 1 ? 1 : areas;
            SalModel expected = new SalTrainer(options).Train(rows).Model;
            Assert.IsTrue(CheckpointRun.Bytes(expected).AsSpan().SequenceEqual(CheckpointRun.Bytes(result.Model)));

            void Start(int finished)
            {
                if (finished == 1)
                {
                    source.CancelAfter(milliseconds);
                }
            }
        }
    }

    [TestMethod]
    public void Stopping_before_the_rows_are_divided_is_not_taken_for_the_end_of_a_time_budget()
    {
        List<string> warnings = [];
        var observer = new TestObserver { EpochEnded = progress => progress.Stop(), Warned = warnings.Add };

        SalTrainingResult result = new SalTrainer(Options(o => o.NumberOfAreas = 3)).Train(_rows, null, null, observer);

        Assert.AreEqual(1, result.Model.NumberOfAreas);
        Assert.DoesNotContain(warning => warning.Contains("TimeBudgetSeconds", StringComparison.Ordinal), warnings);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void With_validation_rows_it_is_the_model_of_the_best_epoch_so_far(bool isCanceled)
    {
        // The learning rate is so high that the loss fluctuates: the last epoch is not the best one.
        TrainingSet validation = CheckpointRun.Rows(90, seed: 2);
        Action<SalTrainingOptions> set = o => (o.NumberOfAreas, o.LearningRate) = (1, 0.05);
        IReadOnlyList<SalEpoch> epochs = new SalTrainer(Options(set)).Train(_rows, validation).History.Epochs;
        HashSet<int> kept = [];
        for (int epoch = 1; epoch < Epochs; epoch++)
        {
            int best = epochs.Take(epoch).MinBy(each => each.ValidationLoss)!.Epoch;
            SalTrainingResult result = StopAfter(epoch, isCanceled, set, validation);

            Assert.AreEqual((best, epoch), (result.KeptEpoch, result.StoppedInEpoch));
            Assert.IsTrue(TrainFor(best, 1, set).AsSpan().SequenceEqual(CheckpointRun.Bytes(result.Model)), $"epoch {epoch}");
            kept.Add(best == epoch ? 0 : best);
        }

        Assert.IsGreaterThan(1, kept.Count);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void While_an_automatic_number_of_areas_is_tested_the_better_branch_counts(bool isCanceled)
    {
        TrainingSet validation = CheckpointRun.Rows(90, seed: 2);
        Action<SalTrainingOptions> set = o => o.NumberOfAreas = null;
        for (int finished = SharedEpochs + 1; finished < Epochs + Epochs - SharedEpochs; finished += 3)
        {
            List<SalEpoch> reported = [];
            SalTrainingResult result = StopAfter(finished, isCanceled, set, validation, reported);

            SalEpoch best = reported.MinBy(each => each.ValidationLoss)!;
            Assert.AreEqual(best.Epoch, result.KeptEpoch);
            Assert.AreEqual(best.AreaLoads.Count, result.Model.NumberOfAreas);
            Assert.AreEqual(reported[^1].Epoch, result.StoppedInEpoch);
        }
    }

    [TestMethod]
    public void Before_the_first_epoch_is_complete_there_is_nothing_to_keep()
    {
        OperationCanceledException error = Assert.ThrowsExactly<OperationCanceledException>(
            () => new SalTrainer(Options(_ => { })).Train(_rows, cancellationToken: new CancellationToken(canceled: true)));

        Assert.AreEqual(
            "Training was canceled before its first epoch was complete, so KeepModelOnCancellation has no model to keep.",
            error.Message);
        Assert.IsTrue(error.CancellationToken.IsCancellationRequested);
    }

    [TestMethod]
    public void Canceling_without_the_option_throws_but_Stop_needs_no_option()
    {
        Action<SalTrainingOptions> set = o => (o.KeepModelOnCancellation, o.NumberOfAreas) = (false, 1);
        Assert.ThrowsExactly<OperationCanceledException>(() => StopAfter(3, isCanceled: true, set));
        Assert.AreEqual(3, StopAfter(3, isCanceled: false, set).KeptEpoch);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void In_the_last_epoch_training_is_complete(bool isCanceled)
    {
        SalTrainingResult result = StopAfter(Epochs, isCanceled, o => o.NumberOfAreas = 3);

        Assert.IsNull(result.StoppedInEpoch);
        Assert.AreEqual(Epochs, result.KeptEpoch);
        CollectionAssert.AreEqual(TrainFor(Epochs, 3), CheckpointRun.Bytes(result.Model));
    }

    [TestMethod]
    public void Stop_from_another_thread_ends_training_with_a_complete_epoch()
    {
        var options = Options(o => (o.NumberOfEpochs, o.NumberOfAreas) = (1_000_000, 1));
        SalTrainingResult result = new SalTrainer(options).Train(_rows, progress: new Progress<SalTrainingProgress>(progress =>
        {
            if (progress.FinishedEpochs > 3)
            {
                progress.Stop();
            }
        }));

        Assert.AreEqual(result.StoppedInEpoch, result.KeptEpoch);
        CollectionAssert.AreEqual(TrainFor(result.KeptEpoch, 1), CheckpointRun.Bytes(result.Model));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_stopped_run_can_be_resumed(bool isCanceled)
    {
        using var folder = new TemporaryFolder();
        Action<SalTrainingOptions> set = o => (o.NumberOfAreas, o.CheckpointPath, o.Resume) = (3, folder.File("run.checkpoint"), true);
        StopAfter(7, isCanceled, set);

        // Canceled before it has trained an epoch of its own, the run still has the model of its checkpoint.
        using var source = new CancellationTokenSource();
        var observer = new TestObserver { Started = _ => source.Cancel() };
        SalTrainingResult again = new SalTrainer(Options(set)).Train(_rows, null, null, observer, source.Token);
        Assert.AreEqual((7, 7), (again.KeptEpoch, again.StoppedInEpoch));
        CollectionAssert.AreEqual(TrainFor(7, 3), CheckpointRun.Bytes(again.Model));

        // The option is not one that a model depends on.
        SalTrainingResult whole = new SalTrainer(Options(o =>
        {
            set(o);
            o.KeepModelOnCancellation = false;
        })).Train(_rows);
        CollectionAssert.AreEqual(TrainFor(Epochs, 3), CheckpointRun.Bytes(whole.Model));
    }

    // A run of as many epochs that nobody stops. The learning rate is constant, so that it does not depend on their number.
    private static byte[] TrainFor(int epochs, int areas, Action<SalTrainingOptions>? set = null)
    {
        SalTrainingOptions options = Options(o =>
        {
            set?.Invoke(o);
            o.NumberOfEpochs = epochs;
            o.NumberOfAreas = epochs > SharedEpochs ? areas : 1;
            o.SharedPhaseFraction = epochs > SharedEpochs ? (SharedEpochs + 0.5) / epochs : 0.5;
        });
        return CheckpointRun.Bytes(new SalTrainer(options).Train(_rows).Model);
    }

    private static SalTrainingResult StopAfter(
        int finishedEpochs,
        bool isCanceled,
        Action<SalTrainingOptions> set,
        TrainingSet? validation = null,
        List<SalEpoch>? reported = null)
    {
        using var source = new CancellationTokenSource();
        var observer = new TestObserver
        {
            EpochEnded = progress =>
            {
                reported?.Add(progress.Epoch);
                if (progress.FinishedEpochs == finishedEpochs)
                {
                    (isCanceled ? source.Cancel : (Action)progress.Stop)();
                }
            },
        };
        return new SalTrainer(Options(set)).Train(_rows, validation, null, observer, source.Token);
    }

    private static SalTrainingOptions Options(Action<SalTrainingOptions> set) => CheckpointRun.Options(o =>
    {
        (o.NumberOfEpochs, o.SharedPhaseFraction, o.Schedule, o.KeepModelOnCancellation) =
            (Epochs, (SharedEpochs + 0.5) / Epochs, LearningRateSchedule.Constant, true);
        set(o);
    });
}
