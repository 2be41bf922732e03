using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

/// <summary>
/// The figures that a correct build reproduces, with room for the noise of small test sets: one Semeion split has 319 test rows, and its
/// accuracy deviates by about 1.2 points from split to split.
/// </summary>
[TestClass]
public class AccuracyTests
{
    private const double Noise = 0.003; // of a mean of six seeds, between processors whose exp differs in the last bit

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Digits_with_defaults_reaches_97_5_percent()
    {
        double accuracy = Mean(ShippedSet.Digits(), 10, _ => { });
        Assert.IsGreaterThanOrEqualTo(0.975, accuracy);
    }

    [TestMethod]
    public void Semeion_with_eight_areas_is_not_below_backpropagation()
    {
        ShippedSet semeion = ShippedSet.Semeion();
        double areas = Mean(semeion, 6, options => options.NumberOfAreas = 8, Images);
        double backpropagation = Mean(
            semeion, 6, options => (options.NumberOfAreas, options.Rule, options.LearningRate) = (1, LearningRule.Backpropagation, 1e-3), Images);
        Assert.IsGreaterThanOrEqualTo(0.935, areas);
        Assert.IsGreaterThanOrEqualTo(backpropagation - Noise, areas);
    }

    [TestMethod]
    [DataRow(LearningRule.Local, FeedbackKind.Fixed, 0.96)]
    [DataRow(LearningRule.DirectFeedback, FeedbackKind.Fixed, 0.95)]
    [DataRow(LearningRule.Backpropagation, FeedbackKind.Fixed, 0.965)]
    public void Digits_with_the_other_rules(LearningRule rule, FeedbackKind feedback, double floor)
    {
        double accuracy = Mean(ShippedSet.Digits(), 2, options => (options.Rule, options.Feedback) = (rule, feedback));
        Assert.IsGreaterThanOrEqualTo(floor, accuracy);
    }

    [TestMethod]
    public void The_papers_protocol_gains_from_areas()
    {
        static void Paper(SalTrainingOptions options) => (options.NumberOfLayers, options.NumberOfEpochs, options.LearningRate, options.BatchSize,
            options.SharedPhaseFraction, options.DropoutRate, options.FinalErrorShare, options.RoutedLayers, options.Optimizer, options.Schedule) =
            (2, 25, 1e-4, 16, 0, 0, 0, RoutedLayers.FirstOnly, OptimizerKind.Sgd, LearningRateSchedule.Constant);
        ShippedSet digits = ShippedSet.Digits();
        double one = Mean(digits, 2, options => options.NumberOfAreas = 1, Paper);
        double sixteen = Mean(digits, 2, options => options.NumberOfAreas = 16, Paper);
        Assert.IsGreaterThanOrEqualTo(0.7263, sixteen, "the published SAL-16 and a point");
        Assert.IsGreaterThan(one, sixteen);
    }

    [TestMethod]
    public void A_deep_residual_network_learns_without_backpropagation()
    {
        double accuracy = Mean(ShippedSet.Semeion(), 1, options => (options.NumberOfAreas, options.HiddenUnits, options.NumberOfLayers, options.Activation,
            options.Residual, options.LearningRate, options.BatchSize, options.NumberOfEpochs) = (1, 64, 64, ActivationKind.Tanh, true, 1e-3, 16, 20), Images);
        Assert.IsGreaterThanOrEqualTo(0.88, accuracy);
    }

    private static void Images(SalTrainingOptions options) => options.InputScaling = InputScaling.Common;

    private double Mean(ShippedSet set, int seeds, params Action<SalTrainingOptions>[] settings)
    {
        double[] accuracies = [.. Enumerable.Range(0, seeds).Select(seed =>
        {
            var options = new SalTrainingOptions { Seed = seed };
            Array.ForEach(settings, set => set(options));
            return set.Accuracy(new SalTrainer(options).Train(set.Training(seed)).Model, seed);
        })];
        double mean = accuracies.Average();
        double deviation = Math.Sqrt(accuracies.Average(x => (x - mean) * (x - mean)));
        TestContext.WriteLine($"{seeds} seeds: {mean:F4} +- {deviation:F4}");
        return mean;
    }
}
