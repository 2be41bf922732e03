using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.Trainers.Sal;

namespace Sweep.Tests;

[TestClass]
public class RandomSearchTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Trainers_take_turns_from_their_defaults_until_the_search_is_canceled()
    {
        DataOperationsCatalog.TrainTestData split = _mlContext.Data.TrainTestSplit(Digit.Load(_mlContext), testFraction: 0.2, seed: 1);
        using var limit = new CancellationTokenSource();
        int started = 0;
        void CancelInTheSeventhTrial()
        {
            if (++started == (6 * 2) + 1)
            {
                limit.Cancel();
            }
        }

        SweptTrainer[] trainers = [CreateSmallSal("First", CancelInTheSeventhTrial), CreateSmallSal("Second", CancelInTheSeventhTrial)];
        var search = new RandomSearch(trainers, split.TrainSet, folds: 2);
        List<Trial> improved = [];
        search.Improved += improved.Add;

        IReadOnlyList<Trial> trials = search.Run(limit.Token);

        CollectionAssert.AreEqual(Enumerable.Range(1, 7).ToArray(), trials.Select(trial => trial.Number).ToArray());
        AssertTurns(trials);
        Assert.IsTrue(trials.SkipLast(1).All(trial => trial.IsCompleted));
        Assert.IsTrue(trials[^1].IsCanceled);
        foreach (IGrouping<string, Trial> trainer in trials.GroupBy(trial => trial.Candidate.Trainer))
        {
            Assert.AreEqual(new SmallSearchSpace().HiddenUnits, ((SmallSearchSpace)trainer.First().Candidate.Settings).HiddenUnits);
        }

        // Equal settings have given equal results, though both trainers were tried in between.
        Assert.AreEqual(trials[0].MicroAccuracy, trials[1].MicroAccuracy);
        Trial best = trials.MaxBy(trial => trial.MicroAccuracy)!;
        Assert.AreEqual(best, improved[^1]);
        Assert.IsGreaterThan(0.8, best.MicroAccuracy!.Value);
        ITransformer model = search.Train(best.Candidate);
        MulticlassClassificationMetrics metrics = _mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Assert.IsGreaterThan(0.8, metrics.MicroAccuracy);
    }

    [TestMethod]
    public void A_trial_that_is_still_running_when_the_time_is_up_is_canceled()
    {
        // Hours of training.
        SweptTrainer trainer = CreateSal("Sal", _ => new SalMulticlassTrainer.Options { NumberOfEpochs = 1_000_000 });
        var search = new RandomSearch([trainer], Digit.Load(_mlContext), folds: 2);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        var watch = Stopwatch.StartNew();

        Trial trial = Assert.ContainsSingle(search.Run(limit.Token));

        Assert.IsTrue(trial.IsCanceled);
        Assert.IsNull(trial.Error);
        Assert.IsLessThan(20, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public void A_search_that_is_canceled_from_the_start_tries_nothing()
    {
        var search = new RandomSearch([CreateSmallSal("Sal")], Digit.Load(_mlContext), folds: 2);

        Assert.IsEmpty(search.Run(new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void A_trainer_whose_defaults_fail_is_left_out_and_the_others_go_on()
    {
        var search = new RandomSearch([CreateBroken(), CreateSmallSal("Sal")], Digit.Load(_mlContext), folds: 2);
        using var limit = new CancellationTokenSource();
        search.Improved += _ => limit.Cancel();

        IReadOnlyList<Trial> trials = search.Run(limit.Token);

        Assert.HasCount(2, trials);
        Trial failed = Assert.ContainsSingle(trials.Where(trial => trial.Candidate.Trainer == "Broken"));
        Assert.AreEqual("no such library", failed.Error);
        Assert.IsFalse(failed.IsCanceled);
        Assert.IsTrue(trials[1].IsCompleted);
    }

    [TestMethod]
    public void A_search_with_nothing_left_to_try_ends()
    {
        var search = new RandomSearch([CreateBroken()], Digit.Load(_mlContext), folds: 2);

        Assert.IsNotNull(Assert.ContainsSingle(search.Run(CancellationToken.None)).Error);
    }

    [TestMethod]
    public void All_trainers_of_the_sample_build_and_train()
    {
        DataOperationsCatalog.TrainTestData split = _mlContext.Data.TrainTestSplit(Digit.Load(_mlContext), testFraction: 0.9, seed: 1);
        List<string> names = [];
        foreach (SweptTrainer trainer in DigitPipelines.CreateTrainers())
        {
            Candidate candidate = trainer.Propose();
            names.Add(candidate.Trainer);
            ITransformer model = candidate.Build(_mlContext, CancellationToken.None).Fit(split.TrainSet);
            MulticlassClassificationMetrics metrics = _mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
            Assert.IsGreaterThan(0.7, metrics.MicroAccuracy, candidate.Trainer);
        }

        CollectionAssert.AreEqual(new[] { "Sal", "LightGbm", "LbfgsMaximumEntropy" }, names);
    }

    // The next turn is that of the trainer that has used the least time.
    private static void AssertTurns(IReadOnlyList<Trial> trials)
    {
        var elapsed = new Dictionary<string, TimeSpan> { ["First"] = TimeSpan.Zero, ["Second"] = TimeSpan.Zero };
        foreach (Trial trial in trials)
        {
            Assert.AreEqual(elapsed.Values.Min(), elapsed[trial.Candidate.Trainer]);
            elapsed[trial.Candidate.Trainer] += trial.Elapsed;
        }
    }

    private static SweptTrainer CreateSmallSal(string name, Action? onBuild = null) => CreateSal(name, space =>
    {
        onBuild?.Invoke();
        return new() { NumberOfAreas = 1, NumberOfLayers = 1, HiddenUnits = space.HiddenUnits, NumberOfEpochs = 20 };
    });

    private static SweptTrainer CreateSal(string name, Func<SmallSearchSpace, SalMulticlassTrainer.Options> toOptions) =>
        SweptTrainer.Create<SmallSearchSpace>(name, (mlContext, space, cancellationToken) =>
        {
            SalMulticlassTrainer.Options options = toOptions(space);
            options.CancellationToken = cancellationToken;
            return mlContext.Transforms.Conversion.MapValueToKey("Label")
                .Append(mlContext.MulticlassClassification.Trainers.Sal(options));
        });

    private static SweptTrainer CreateBroken() =>
        SweptTrainer.Create<SmallSearchSpace>("Broken", (_, _, _) => throw new DllNotFoundException("no such library"));

    private sealed class SmallSearchSpace
    {
        [Range(8, 64, 32, true)]
        public int HiddenUnits { get; set; } = 32;
    }
}
