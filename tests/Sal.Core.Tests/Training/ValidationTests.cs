using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;
using Sal.Core.Training.Step;

namespace Sal.Core.Tests.Training;

/// <summary>Validation, early stopping, time budget and continued training.</summary>
[TestClass]
public class ValidationTests
{
    private static readonly ShippedSet Digits = ShippedSet.Digits();

    [TestMethod]
    public void The_result_is_the_model_of_the_epoch_with_the_lowest_validation_loss()
    {
        // The learning rate is constant and so high that the loss fluctuates.
        TrainingSet validation = Digits.Held(0);
        var options = Small(o => (o.LearningRate, o.LabelSmoothing, o.Schedule, o.NumberOfEpochs, o.NumberOfAreas) =
            (0.02, 0, LearningRateSchedule.Constant, 12, 4));
        SalTrainingResult result = new SalTrainer(options).Train(Digits.Training(0), validation);

        // Only epochs with the requested number of areas count.
        SalEpoch best = result.History.Epochs.Where(epoch => epoch.Phase == TrainingPhase.Routed).MinBy(epoch => epoch.ValidationLoss)!;
        Assert.AreNotSame(best, result.History.Epochs[^1]);
        (double loss, double accuracy) = Evaluate(result.Model, validation);
        Assert.AreEqual(best.ValidationLoss!.Value, loss, 1e-9);
        Assert.AreEqual(best.ValidationAccuracy!.Value, accuracy, 1e-9);
        Assert.AreEqual(4, result.Model.NumberOfAreas);
    }

    [TestMethod]
    public void A_fraction_of_each_class_is_held_out()
    {
        TrainingSet rows = Digits.Training(0);
        (TrainingSet training, TrainingSet? validation) = Holdout.Split(rows, 0.25, 3);
        Assert.AreEqual(rows.RowCount, training.RowCount + validation!.RowCount);
        for (int label = 0; label < 10; label++)
        {
            int all = Enumerable.Range(0, rows.RowCount).Count(row => rows.Label(row) == label);
            int held = Enumerable.Range(0, validation.RowCount).Count(row => validation.Label(row) == label);
            Assert.AreEqual((int)(all * 0.25), held);
        }

        SalTrainingResult result = new SalTrainer(Small(o => o.ValidationFraction = 0.25)).Train(rows);
        Assert.IsTrue(result.History.Epochs.All(epoch => epoch.ValidationLoss > 0 && epoch.AreaLoads.Sum() == training.RowCount));
    }

    [TestMethod]
    public void Patience_ends_each_phase()
    {
        // No improvement is ever large enough, except for the first epoch of a phase, which has nothing to beat.
        var options = Small(o => (o.NumberOfEpochs, o.NumberOfAreas, o.ValidationFraction, o.EarlyStoppingPatience, o.MinimumImprovement) =
            (40, 2, 0.2, 3, 1_000));
        IReadOnlyList<SalEpoch> epochs = new SalTrainer(options).Train(Digits.Training(0)).History.Epochs;
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4, 21, 22, 23, 24 }, epochs.Select(epoch => epoch.Epoch).ToArray());
    }

    [TestMethod]
    public void An_automatic_number_of_areas_is_decided_by_validation()
    {
        var reports = new List<SalTrainingProgress>();
        SalTrainingResult result = new SalTrainer(Small(o => (o.NumberOfAreas, o.ValidationFraction, o.NumberOfEpochs) = (null, 0.2, 8)))
            .Train(Digits.Training(0), progress: new Collector(reports));
        Assert.HasCount(12, reports); // 4 shared epochs, then 4 with and 4 without areas
        Assert.AreEqual((12, 12), (reports[^1].FinishedEpochs, reports[^1].NumberOfEpochs));
        double with = reports.Where(p => p.Epoch.Epoch > 4 && p.Epoch.Phase == TrainingPhase.Routed)
            .Min(p => p.Epoch.ValidationLoss!.Value);
        double without = reports.Where(p => p.Epoch.Phase == TrainingPhase.Shared).Min(p => p.Epoch.ValidationLoss!.Value);
        Assert.AreEqual(with < without ? 8 : 1, result.Model.NumberOfAreas);
        Assert.HasCount(8, result.History.Epochs);
    }

    [TestMethod]
    public void A_time_budget_ends_training_with_a_usable_model()
    {
        var options = Small(o => (o.NumberOfEpochs, o.TimeBudgetSeconds, o.SharedPhaseFraction) = (1_000_000, 1.5, 0));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        SalTrainingResult result = new SalTrainer(options).Train(Digits.Training(0));
        Assert.IsLessThan(30, clock.Elapsed.TotalSeconds);
        Assert.IsGreaterThan(0.8, Digits.Accuracy(result.Model, 0));
    }

    [TestMethod]
    public void Continued_training_starts_from_the_given_model_and_is_reproducible()
    {
        TrainingSet rows = Digits.Training(0);
        SalModel start = new SalTrainer(Small(o => o.NumberOfAreas = 4)).Train(rows).Model;
        byte[] before = Save(start);
        var options = Small(o => (o.NumberOfAreas, o.HiddenUnits, o.NumberOfEpochs, o.LearningRate) = (null, null, 3, 1e-4));

        SalTrainingResult first = new SalTrainer(options).Train(rows, start: start);
        SalTrainingResult second = new SalTrainer(options).Train(rows, start: SalModel.Load(new MemoryStream(before)));

        Assert.IsTrue(Save(first.Model).AsSpan().SequenceEqual(Save(second.Model)));
        Assert.IsTrue(before.AsSpan().SequenceEqual(Save(start)), "the start model must not change");
        Assert.AreEqual(4, first.Model.NumberOfAreas);
        Assert.AreEqual(start.HiddenUnits, first.Model.HiddenUnits);
        Assert.AreSame(start.Router, first.Model.Router);
        Assert.IsTrue(first.History.Epochs.All(epoch => epoch.Phase == TrainingPhase.Routed));
        Assert.IsLessThan(Evaluate(start, rows).Loss, Evaluate(first.Model, rows).Loss);
    }

    [TestMethod]
    public void A_start_model_that_does_not_fit_is_refused_with_the_difference()
    {
        TrainingSet rows = Digits.Training(0);
        SalModel start = new SalTrainer(Small(_ => { })).Train(rows).Model;
        Refuses(o => o.HiddenUnits = 16, "HiddenUnits");
        Refuses(o => o.NumberOfLayers = 2, "NumberOfLayers");
        Refuses(o => o.NumberOfAreas = 5, "NumberOfAreas");
        Refuses(o => o.Activation = ActivationKind.Tanh, "Activation");
        Refuses(o => o.Residual = true, "Residual");
        Refuses(o => o.RoutedLayers = RoutedLayers.FirstOnly, "RoutedLayers");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(
                () => new SalTrainer(Small(_ => { })).Train(ShippedSet.Semeion().Training(0), start: start)).Message, "features");
        SalModel backpropagated = new SalTrainer(Small(o => o.Rule = LearningRule.Backpropagation)).Train(rows).Model;
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(
                () => new SalTrainer(Small(_ => { })).Train(rows, start: backpropagated)).Message, "feedback");

        void Refuses(Action<SalTrainingOptions> set, string name) => StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => new SalTrainer(Small(set)).Train(rows, start: start)).Message, name);
    }

    [TestMethod]
    public void Patience_without_validation_rows_and_unsuitable_validation_rows_are_refused()
    {
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(
                () => new SalTrainer(Small(o => o.EarlyStoppingPatience = 2)).Train(Digits.Training(0))).Message, "ValidationFraction");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(
                () => new SalTrainer(Small(_ => { })).Train(Digits.Training(0), ShippedSet.Semeion().Training(0))).Message,
            "256 features");
        Assert.ThrowsExactly<ArgumentException>(
            () => new SalTrainer(Small(_ => { })).Train(Digits.Training(0), new TrainingSetBuilder(64, 10).Build()));
    }

    [TestMethod]
    public void Unbalanced_sets_raise_macro_accuracy()
    {
        // Two overlapping classes at 1:100: without weights the rare one is never predicted.
        var random = new Random(1);
        var builder = new TrainingSetBuilder(2, 2);
        for (int row = 0; row < 6_000; row++)
        {
            int label = row % 100 == 0 ? 1 : 0;
            builder.TryAdd([(float)(Gaussian() + 1.5 * label), (float)Gaussian()], label);
        }

        TrainingSet rows = builder.Build();
        double plain = MacroAccuracy(false), weighted = MacroAccuracy(true);
        Assert.IsGreaterThan(plain + 0.1, weighted, $"{plain:F3} without, {weighted:F3} with");

        double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        double MacroAccuracy(bool unbalanced)
        {
            SalModel model = new SalTrainer(Small(o => o.UnbalancedSets = unbalanced)).Train(rows).Model;
            var probabilities = new float[2];
            return Enumerable.Range(0, 2).Average(Recall);

            double Recall(int label) => Enumerable.Range(0, rows.RowCount).Where(row => rows.Label(row) == label).Average(row =>
            {
                model.Predict(rows.Features(row), probabilities, out _);
                return RowLoss.IsCorrect(probabilities, label) ? 1.0 : 0.0;
            });
        }
    }

    private static SalTrainingOptions Small(Action<SalTrainingOptions> set)
    {
        var options = new SalTrainingOptions { HiddenUnits = 32, NumberOfEpochs = 4, SharedPhaseFraction = 0.5 };
        set(options);
        return options;
    }

    private static (double Loss, double Accuracy) Evaluate(SalModel model, TrainingSet rows)
    {
        var probabilities = new float[model.ClassCount];
        double loss = 0;
        int correct = 0;
        for (int row = 0; row < rows.RowCount; row++)
        {
            model.Predict(rows.Features(row), probabilities, out _);
            loss += RowLoss.Compute(probabilities, rows.Label(row), 1);
            correct += RowLoss.IsCorrect(probabilities, rows.Label(row)) ? 1 : 0;
        }

        return (loss / rows.RowCount, (double)correct / rows.RowCount);
    }

    private static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private sealed class Collector(List<SalTrainingProgress> reports) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value) => reports.Add(value);
    }
}
