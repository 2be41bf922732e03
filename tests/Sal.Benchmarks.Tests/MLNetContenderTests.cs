using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class MLNetContenderTests
{
    [TestMethod]
    [DataRow("sdca-mlnet")]
    [DataRow("lbfgs-mlnet")]
    [DataRow("fasttree-mlnet")]
    public void Trainers_of_the_package_learn_digits(string name)
    {
        BenchmarkSet digits = BenchmarkSets.Read("digits", new DataFiles(folder: null, cache: Path.GetTempPath(), noDownload: true));
        RowSplit split = digits.Split(0);
        Outcome outcome = ContenderList.Create(name, new EngineRuns()).Run(new Trial(digits, split, Seed: 0), CancellationToken.None);
        Metrics metrics = Metrics.Of(outcome.Probabilities, [.. split.Test.Select(digits.Rows.Label)], digits.Rows.ClassCount);
        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        Assert.IsLessThan(1, metrics.LogLoss);
    }
}
