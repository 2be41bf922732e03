using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Sal.Core.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class PythonContenderTests
{
    [TestMethod]
    [DataRow("xgboost", false)]
    [DataRow("mlp-sklearn", true)]
    public void A_peer_in_Python_learns_what_it_is_given(string name, bool dependsOnSeed)
    {
        var contender = new PythonContender(name);
        if (contender.Obstacle is { } obstacle)
        {
            Assert.Inconclusive(obstacle);
        }

        // Three classes along a line.
        int[] labels = [.. Enumerable.Range(0, 300).Select(i => i / 100)];
        var rows = new LabeledRows([.. Enumerable.Range(0, 300).SelectMany(i => (float[])[i, i % 7])], labels, 2, 3);
        var set = new BenchmarkSet("line", rows, InputScaling.PerFeature, TrainingRows: null);
        RowSplit split = set.Split(0);
        Outcome outcome = contender.Run(new Trial(set, split, Seed: 0), CancellationToken.None);
        Assert.IsGreaterThan(0.8, Metrics.Of(outcome.Probabilities, [.. split.Test.Select(rows.Label)], 3).MicroAccuracy);
        Assert.AreEqual(dependsOnSeed, outcome.DependsOnSeed);
    }

    [TestMethod]
    public void A_peer_that_is_not_there_says_so() => Assert.IsNotNull(new PythonContender("no such peer").Obstacle);
}
