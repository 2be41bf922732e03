using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

[TestClass]
public class SalTrainerTests
{
    [TestMethod]
    public void The_history_records_each_epoch()
    {
        TrainingSet rows = ShippedSet.Digits().Training(0);
        var reports = new List<SalTrainingProgress>();
        var options = new SalTrainingOptions { NumberOfEpochs = 6, NumberOfAreas = 4, HiddenUnits = 32 };

        SalTrainingResult result = new SalTrainer(options).Train(rows, progress: new Collector(reports));

        IReadOnlyList<SalEpoch> epochs = result.History.Epochs;
        CollectionAssert.AreEqual(epochs.ToArray(), reports.Select(report => report.Epoch).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4, 5, 6 }, epochs.Select(epoch => epoch.Epoch).ToArray());
        Assert.IsTrue(epochs.Take(4).All(epoch => epoch.Phase == TrainingPhase.Shared && epoch.AreaLoads.Count == 1));
        Assert.IsTrue(epochs.Skip(4).All(epoch => epoch.Phase == TrainingPhase.Routed && epoch.AreaLoads.Count == 4));
        Assert.IsTrue(epochs.All(epoch => epoch.AreaLoads.Sum() == rows.RowCount && epoch.Seconds > 0));
        Assert.AreEqual(2e-3, epochs[0].LearningRate, 1e-12);
        Assert.AreEqual(1e-3, epochs[3].LearningRate, 1e-12);
        Assert.IsLessThan(epochs[0].TrainingLoss / 2, epochs[^1].TrainingLoss);
        Assert.IsGreaterThan(0.7, epochs[^1].TrainingAccuracy);
    }

    [TestMethod]
    public void Example_weights_decide_where_rows_disagree()
    {
        // The same row belongs to two classes: the probability of a class is its share of the weight.
        var builder = new TrainingSetBuilder(1, 2);
        for (int i = 0; i < 200; i++)
        {
            builder.TryAdd([1f], 0, 3f);
            builder.TryAdd([1f], 1, 1f);
        }

        var options =
            new SalTrainingOptions { NumberOfAreas = 1, HiddenUnits = 8, NumberOfEpochs = 60, DropoutRate = 0, LearningRate = 0.01 };
        SalModel model = new SalTrainer(options).Train(builder.Build()).Model;
        var probabilities = new float[2];
        model.Predict([1f], probabilities);
        Assert.AreEqual(0.75, probabilities[0], 0.02);
    }

    [TestMethod]
    public void More_areas_than_distinct_rows_still_train()
    {
        var builder = new TrainingSetBuilder(2, 2);
        for (int i = 0; i < 20; i++)
        {
            builder.TryAdd([i % 2, 1f], i % 2);
        }

        SalModel model = new SalTrainer(new SalTrainingOptions { NumberOfAreas = 8, HiddenUnits = 8, LearningRate = 0.01 })
            .Train(builder.Build()).Model;
        var probabilities = new float[2];
        model.Predict([1f, 1f], probabilities);
        Assert.IsGreaterThan(0.9f, probabilities[1]);
    }

    [TestMethod]
    public void Sets_with_nothing_to_learn_from_are_refused()
    {
        var empty = new TrainingSetBuilder(2, 2).Build();
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => new SalTrainer(new SalTrainingOptions()).Train(empty)).Message, "no rows");

        var builder = new TrainingSetBuilder(2, 2);
        builder.TryAdd([1, 2], 1);
        builder.TryAdd([2, 2], 1);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => new SalTrainer(new SalTrainingOptions()).Train(builder.Build())).Message,
                "same class");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Training_can_be_canceled(int threads)
    {
        TrainingSet rows = ShippedSet.Digits().Training(0);
        using var source = new CancellationTokenSource();
        var trainer = new SalTrainer(
            new SalTrainingOptions { NumberOfThreads = threads, NumberOfEpochs = 10_000, NumberOfAreas = 2, SharedPhaseFraction = 0.0001 });
        source.CancelAfter(300);
        Assert.Throws<OperationCanceledException>(() => trainer.Train(rows, cancellationToken: source.Token));
    }

    private sealed class Collector(List<SalTrainingProgress> reports) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value) => reports.Add(value);
    }
}
