using System.Reflection;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Options;

[TestClass]
public class OptionTests
{
    public static IEnumerable<object[]> Violations =>
    [
        [nameof(SalTrainingOptions.NumberOfAreas), 0],
        [nameof(SalTrainingOptions.NumberOfAreas), 65_537],
        [nameof(SalTrainingOptions.HiddenUnits), 0],
        [nameof(SalTrainingOptions.NumberOfLayers), 0],
        [nameof(SalTrainingOptions.NumberOfEpochs), 0],
        [nameof(SalTrainingOptions.LearningRate), 0.0],
        [nameof(SalTrainingOptions.LearningRate), double.NaN],
        [nameof(SalTrainingOptions.LearningRate), double.PositiveInfinity],
        [nameof(SalTrainingOptions.BatchSize), 0],
        [nameof(SalTrainingOptions.AreaBatchSize), -1],
        [nameof(SalTrainingOptions.SharedPhaseFraction), 1.0],
        [nameof(SalTrainingOptions.DropoutRate), -0.1],
        [nameof(SalTrainingOptions.DropoutRate), double.NaN],
        [nameof(SalTrainingOptions.FinalErrorShare), 1.1],
        [nameof(SalTrainingOptions.LabelSmoothing), 1.0],
        [nameof(SalTrainingOptions.Rule), (LearningRule)7],
        [nameof(SalTrainingOptions.Feedback), (FeedbackKind)7],
        [nameof(SalTrainingOptions.FeedbackDeviation), 0.0],
        [nameof(SalTrainingOptions.Router), (RouterKind)7],
        [nameof(SalTrainingOptions.RoutedLayers), (RoutedLayers)7],
        [nameof(SalTrainingOptions.Activation), (ActivationKind)7],
        [nameof(SalTrainingOptions.Optimizer), (OptimizerKind)7],
        [nameof(SalTrainingOptions.Momentum), 1.0],
        [nameof(SalTrainingOptions.WeightDecay), -1.0],
        [nameof(SalTrainingOptions.Schedule), (LearningRateSchedule)7],
        [nameof(SalTrainingOptions.InputScaling), (Core.Data.InputScaling)7],
        [nameof(SalTrainingOptions.InputClip), 0.0],
        [nameof(SalTrainingOptions.ValidationFraction), 0.95],
        [nameof(SalTrainingOptions.EarlyStoppingPatience), 0],
        [nameof(SalTrainingOptions.MinimumImprovement), -1.0],
        [nameof(SalTrainingOptions.TimeBudgetSeconds), 0.0],
        [nameof(SalTrainingOptions.CheckpointPath), " "],
        [nameof(SalTrainingOptions.CheckpointPath), "folder/"],
        [nameof(SalTrainingOptions.CheckpointIntervalSeconds), -1.0],
        [nameof(SalTrainingOptions.NumberOfThreads), 0],
    ];

    [TestMethod]
    [DynamicData(nameof(Violations))]
    public void An_out_of_range_value_is_refused_by_name(string name, object value)
    {
        var options = new SalTrainingOptions();
        typeof(SalTrainingOptions).GetProperty(name)!.SetValue(options, value);
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(options.Validate);
        Assert.AreEqual(name, exception.ParamName);
        OptionConstraint constraint = SalTrainingOptions.Constraints.Single(c => c.Name == name);
        StringAssert.Contains(exception.Message, $"{name} is ");
        StringAssert.Contains(exception.Message, constraint.Allowed);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SalTrainer(options));
    }

    [TestMethod]
    public void Every_option_that_can_be_invalid_has_a_constraint_and_a_violation()
    {
        string[] options = [.. typeof(SalTrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType != typeof(bool) && property.Name != nameof(SalTrainingOptions.Seed))
            .Select(property => property.Name).Order()];
        CollectionAssert.AreEqual(options, SalTrainingOptions.Constraints.Select(c => c.Name).Order().ToArray());
        CollectionAssert.AreEqual(options, Violations.Select(violation => (string)violation[0]).Distinct().Order().ToArray());
    }

    [TestMethod]
    public void Resuming_needs_a_path() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(new SalTrainingOptions { Resume = true }.Validate).Message, "CheckpointPath");

    [TestMethod]
    public void Defaults_are_in_range() => new SalTrainingOptions().Validate();
}
