using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Sal.Core.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class SeriesRunTests
{
    private static readonly LabelledRows Rows = new([.. Enumerable.Range(0, 40).Select(i => (float)i)], [.. Enumerable.Range(0, 40).Select(i => i % 2)], 1, 2);

    [TestMethod]
    public void Runs_that_are_known_are_not_repeated()
    {
        string path = Path.GetTempFileName();
        try
        {
            var contender = new Counted(dependsOnSeed: true);
            new SeriesRun("accuracy", 2, path, [], CancellationToken.None).Run(Set(trainingRows: null), [contender], "one");
            Assert.AreEqual(2, contender.Runs);

            var resumed = new SeriesRun("accuracy", 3, path, ResultFile.Read(path), CancellationToken.None);
            resumed.Run(Set(trainingRows: null), [contender], "one");
            Assert.AreEqual(3, contender.Runs);
            Assert.AreEqual(3, resumed.Summaries.Single().Seeds);

            new SeriesRun("accuracy", 1, path, ResultFile.Read(path), CancellationToken.None).Run(Set(trainingRows: null), [contender], "another");
            Assert.AreEqual(4, contender.Runs);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow(false, 30, 1)]
    [DataRow(false, null, 3)]
    [DataRow(true, 30, 3)]
    public void What_draws_nothing_runs_once_on_a_split_as_published(bool dependsOnSeed, int? trainingRows, int expected)
    {
        var contender = new Counted(dependsOnSeed);
        var series = new SeriesRun("accuracy", 3, json: null, [], CancellationToken.None);
        series.Run(Set(trainingRows), [contender]);
        Assert.AreEqual(expected, contender.Runs);
        Assert.AreEqual(3, series.Summaries.Single().Seeds);
    }

    [TestMethod]
    public void A_peer_that_fails_is_left_out_and_the_others_go_on()
    {
        var contender = new Counted(dependsOnSeed: true);
        var series = new SeriesRun("accuracy", 2, json: null, [], CancellationToken.None);
        series.Run(Set(trainingRows: null), [new Failing(), contender]);
        Assert.AreEqual(2, contender.Runs);
        Assert.AreEqual("counted", series.Summaries.Single().Contender);
    }

    [TestMethod]
    public void A_learning_rate_is_picked_once_for_a_set_from_those_given()
    {
        var contender = new TunedContender("tuned", new EngineRuns(), o => (o.NumberOfEpochs, o.HiddenUnits, o.NumberOfLayers) = (2, 4, 1));
        BenchmarkSet set = Set(trainingRows: null);
        double?[] picked = [.. Enumerable.Range(0, 2).Select(seed => contender.Run(new Trial(set, set.Split(seed), seed), CancellationToken.None).LearningRate)];
        Assert.AreEqual(picked[0], picked[1]);
        Assert.Contains(picked[0]!.Value, TunedContender.LearningRates);
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
