using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Sal.Benchmarks.Speed;
using Sal.Core.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class MLNetContenderTests
{
    [TestMethod]
    [DataRow("sdca-mlnet")]
    [DataRow("lbfgs-mlnet")]
    [DataRow("fasttree-mlnet")]
    [DataRow("lightgbm-mlnet")]
    public void Trainers_of_the_package_learn_digits(string name)
    {
        BenchmarkSet digits = BenchmarkSets.Read("digits", new DataFiles(folder: null, cache: Path.GetTempPath(), noDownload: true));
        RowSplit split = digits.Split(0);
        Outcome outcome = ContenderList.Create(name, new EngineRuns()).Run(new Trial(digits, split, Seed: 0), CancellationToken.None);
        Metrics metrics = Metrics.Of(outcome.Probabilities, [.. split.Test.Select(digits.Rows.Label)], digits.Rows.ClassCount);
        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        Assert.IsLessThan(1, metrics.LogLoss);
        Assert.IsGreaterThan(0, outcome.TrainSeconds);
        Assert.IsGreaterThan(0, outcome.ScoreMicroseconds);
    }

    [TestMethod]
    [DataRow("fasttree-mlnet", false)]
    [DataRow("lightgbm-mlnet", false)]
    [DataRow("lbfgs-mlnet", false)]
    [DataRow("sdca-mlnet", true)]
    public void A_contender_knows_whether_another_seed_would_give_another_model(string name, bool dependsOnSeed)
    {
        // Two classes along a line, and one feature that tells nothing.
        int[] labels = [.. Enumerable.Range(0, 400).Select(i => i / 200)];
        var rows = new LabeledRows([.. Enumerable.Range(0, 400).SelectMany(i => (float[])[i, i % 7])], labels, 2, 2);
        var set = new BenchmarkSet("line", rows, InputScaling.PerFeature, TrainingRows: null);
        RowSplit split = set.Split(0);
        IContender contender = ContenderList.Create(name, new EngineRuns());
        Outcome[] outcomes = [.. Enumerable.Range(1, 2).Select(seed => contender.Run(new Trial(set, split, seed), CancellationToken.None))];

        Assert.AreEqual(dependsOnSeed, outcomes[0].DependsOnSeed);
        Assert.AreEqual(dependsOnSeed, !outcomes[0].Probabilities.SequenceEqual(outcomes[1].Probabilities));
    }

    [TestMethod]
    public void All_of_ML_NETs_contenders_run_without_being_named()
    {
        string[] expected = ["sdca-mlnet", "lbfgs-mlnet", "fasttree-mlnet", "lightgbm-mlnet"];
        CollectionAssert.IsSubsetOf(expected, ContenderList.All.ToArray());
        CollectionAssert.IsSubsetOf(
            new[] { "train_vs_lightgbm_mlnet", "transform_batch_gain", "transform_vs_lightgbm", "engine_vs_lightgbm" },
            MLNetSpeed.Ratios.Select(ratio => ratio.Key).ToArray());
    }

    [TestMethod]
    public void A_predictions_bytes_and_speed_are_measured_through_ML_NET()
    {
        var sal = new MLNetTrainerSpeed(MLNetTrainer.Sal);
        Assert.AreEqual(0, sal.BytesPerPrediction());
        Assert.IsGreaterThan(0, sal.TransformedRowsPerSecond());
        Assert.IsGreaterThan(0, sal.RowByRowPerSecond());
        Assert.IsGreaterThan(0, sal.PredictionsPerSecond());
    }
}
