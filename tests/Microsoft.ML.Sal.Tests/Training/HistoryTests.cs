using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

[TestClass]
public class HistoryTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void The_history_is_a_data_view_with_one_row_per_epoch()
    {
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, 60)).Model;

        IDataView history = model.GetHistory(_mlContext);

        IReadOnlyList<SalEpoch> epochs = model.History.Epochs;
        CollectionAssert.AreEquivalent(
            new[]
            {
                "Epoch", "Phase", "LearningRate", "TrainingLoss", "TrainingAccuracy", "ValidationLoss", "ValidationAccuracy", "Seconds",
                "AreaLoads",
            },
            history.Schema.Select(column => column.Name).ToArray());
        Check("Epoch", epoch => epoch.Epoch);
        Check("Phase", epoch => epoch.Phase.ToString());
        Check("LearningRate", epoch => epoch.LearningRate);
        Check("TrainingLoss", epoch => epoch.TrainingLoss);
        Check("TrainingAccuracy", epoch => epoch.TrainingAccuracy);
        Check("Seconds", epoch => epoch.Seconds);
        Assert.IsTrue(history.GetColumn<double>("ValidationLoss").All(double.IsNaN));
        int[][] loads = [.. history.GetColumn<int[]>("AreaLoads")];
        Assert.HasCount(epochs.Count, loads);
        CollectionAssert.AreEqual(epochs[^1].AreaLoads.ToArray(), loads[^1]);

        void Check<T>(string column, Func<SalEpoch, T> value) =>
            CollectionAssert.AreEqual(epochs.Select(value).ToArray(), history.GetColumn<T>(column).ToArray());
    }

    [TestMethod]
    public void Validation_figures_are_columns_too()
    {
        SalMulticlassModelParameters model = ModelOf.Epochs(
            _mlContext,
            new SalEpoch(1, TrainingPhase.Shared, 1e-3, 1, 0.5, 0.1, [90], 0.75, 0.625),
            new SalEpoch(2, TrainingPhase.Shared, 1e-3, 1, 0.5, 0.1, [90]));

        IDataView history = model.GetHistory(_mlContext);

        CollectionAssert.AreEqual(new[] { 0.75, double.NaN }, history.GetColumn<double>("ValidationLoss").ToArray());
        CollectionAssert.AreEqual(new[] { 0.625, double.NaN }, history.GetColumn<double>("ValidationAccuracy").ToArray());
    }
}
