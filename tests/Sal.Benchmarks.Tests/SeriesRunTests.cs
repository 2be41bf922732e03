using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Sal.Core.Data;
using Sal.Core.Training;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class SeriesRunTests
{
    private static readonly LabeledRows Rows = new(
        [.. Enumerable.Range(0, 40).Select(i => (float)i)],
        [.. Enumerable.Range(0, 40).Select(i => i % 2)],
        1,
        2);

    [TestMethod]
    public void Runs_that_are_known_are_not_repeated()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("results.jsonl");
        var contender = new Counted(dependsOnSeed: true);
        new SeriesRun(new RecordedRuns("accuracy", path, []), 2, CancellationToken.None).Run(Set(trainingRows: null), [contender], "one");
        Assert.AreEqual(2, contender.Runs);

        var resumed = new SeriesRun(new RecordedRuns("accuracy", path, ResultFile.Read(path)), 3, CancellationToken.None);
        resumed.Run(Set(trainingRows: null), [contender], "one");
        Assert.AreEqual(3, contender.Runs);
        Assert.AreEqual(3, resumed.Summaries.Single().Seeds);

        new SeriesRun(new RecordedRuns("accuracy", path, ResultFile.Read(path)), 1, CancellationToken.None)
            .Run(Set(trainingRows: null), [contender], "another");
        Assert.AreEqual(4, contender.Runs);
    }

    [TestMethod]
    [DataRow(false, 30, 1)]
    [DataRow(false, null, 3)]
    [DataRow(true, 30, 3)]
    public void What_draws_nothing_runs_once_on_a_split_as_published(bool dependsOnSeed, int? trainingRows, int expected)
    {
        var contender = new Counted(dependsOnSeed);
        var series = new SeriesRun(new RecordedRuns("accuracy", json: null, []), 3, CancellationToken.None);
        series.Run(Set(trainingRows), [contender]);
        Assert.AreEqual(expected, contender.Runs);
        Assert.AreEqual(3, series.Summaries.Single().Seeds);
    }

    [TestMethod]
    public void A_peer_that_fails_is_left_out_and_the_others_go_on()
    {
        var contender = new Counted(dependsOnSeed: true);
        var series = new SeriesRun(new RecordedRuns("accuracy", json: null, []), 2, CancellationToken.None);
        series.Run(Set(trainingRows: null), [new Failing(), contender]);
        Assert.AreEqual(2, contender.Runs);
        Assert.AreEqual("counted", series.Summaries.Single().Contender);
    }

    [TestMethod]
    public void The_learning_rate_with_the_lowest_mean_validation_loss_is_picked_once_for_a_set()
    {
        static void Configure(SalTrainingOptions o) => (o.NumberOfEpochs, o.HiddenUnits, o.NumberOfLayers) = (2, 4, 1);
        BenchmarkSet set = Set(trainingRows: null);
        double expected = TunedContender.LearningRates.MinBy(rate => Enumerable.Range(0, TunedContender.Splits(set)).Sum(seed =>
        {
            var options = new SalTrainingOptions { LearningRate = rate, Seed = seed };
            Configure(options);
            return EngineRuns.ValidationLoss(
                Rows,
                RowSplit.Stratified(set.Split(seed).Training, Rows.Label, 0.2, seed),
                options,
                CancellationToken.None);
        }));
        var contender = new TunedContender("tuned", new EngineRuns(), Configure);
        foreach (int seed in (int[])[0, 1])
        {
            Assert.AreEqual(expected, contender.Run(new Trial(set, set.Split(seed), seed), CancellationToken.None).LearningRate);
        }
    }

    [TestMethod]
    public void Contenders_with_the_same_options_share_a_run()
    {
        var runs = new EngineRuns();
        var trial = new Trial(Set(trainingRows: null), Set(trainingRows: null).Split(0), 0);
        Outcome Run(string options) =>
            new EngineContender("x", runs, OptionText.Parse("NumberOfEpochs=2;HiddenUnits=4;" + options))
                .Run(trial, CancellationToken.None);
        Assert.AreSame(Run(""), Run("DropoutRate=null"));
        Assert.AreNotSame(Run(""), Run("LearningRate=0.5"));
    }

    private static BenchmarkSet Set(int? trainingRows) => new("numbers", Rows, InputScaling.PerFeature, trainingRows);

    private sealed class Counted(bool dependsOnSeed) : IContender
    {
        public int Runs { get; private set; }

        public string Name => "counted";

        public string? Obstacle => null;

        public Outcome Run(Trial trial, CancellationToken cancellationToken)
        {
            Runs++;
            return new Outcome([.. trial.Split.Test.SelectMany(_ => (float[])[0.5f, 0.5f])], 0, 0) { DependsOnSeed = dependsOnSeed };
        }
    }

    private sealed class Failing : IContender
    {
        public string Name => "failing";

        public string? Obstacle => null;

        public Outcome Run(Trial trial, CancellationToken cancellationToken) => throw new PeerException("out of order");
    }
}
