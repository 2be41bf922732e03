using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

/// <summary>
/// The accuracies that a correct build reproduces, with room for the noise of small test sets: a Semeion split has 319 test rows, and its
/// accuracy varies by about 1.2 points from split to split.
/// </summary>
[TestClass]
public class AccuracyTests
{
    private const double Noise = 0.003; // of the mean over six seeds, between processors whose exp differs in the last bit

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
            semeion,
            6,
            options => (options.NumberOfAreas, options.Rule, options.LearningRate) = (1, LearningRule.Backpropagation, 1e-3),
            Images);
        Assert.IsGreaterThanOrEqualTo(0.935, areas);
        Assert.IsGreaterThanOrEqualTo(backpropagation - Noise, areas);
    }

    [TestMethod]
    [DataRow(LearningRule.Local, FeedbackKind.Fixed, 0.96)]
    [DataRow(LearningRule.DirectFeedback, FeedbackKind.Fixed, 0.95)]
    [DataRow(LearningRule.Backpropagation, FeedbackKind.Fixed, 0.965)]
    public void The_other_rules_learn_Digits(LearningRule rule, FeedbackKind feedback, double floor)
    {
        double accuracy = Mean(ShippedSet.Digits(), 2, options => (options.Rule, options.Feedback) = (rule, feedback));
        Assert.IsGreaterThanOrEqualTo(floor, accuracy);
    }

    [TestMethod]
    public void The_protocol_of_the_paper_gains_from_areas()
    {
        static void Paper(SalTrainingOptions options)
        {
            (options.NumberOfLayers, options.NumberOfEpochs, options.LearningRate, options.BatchSize) = (2, 25, 1e-4, 16);
            (options.SharedPhaseFraction, options.DropoutRate, options.FinalErrorShare) = (0, 0, 0);
            (options.RoutedLayers, options.Optimizer, options.Schedule) =
                (RoutedLayers.FirstOnly, OptimizerKind.Sgd, LearningRateSchedule.Constant);
        }

        ShippedSet digits = ShippedSet.Digits();
        double one = Mean(digits, 2, options => options.NumberOfAreas = 1, Paper);
        double sixteen = Mean(digits, 2, options => options.NumberOfAreas = 16, Paper);
        Assert.IsGreaterThanOrEqualTo(0.7263, sixteen, "the published SAL-16 result plus one point");
        Assert.IsGreaterThan(one, sixteen);
    }

    [TestMethod]
    public void A_deep_residual_network_learns_without_backpropagation()
    {
        static void Deep(SalTrainingOptions options)
        {
            (options.NumberOfAreas, options.HiddenUnits, options.NumberOfLayers) = (1, 64, 64);
            (options.Activation, options.Residual) = (ActivationKind.Tanh, true);
            (options.LearningRate, options.BatchSize, options.NumberOfEpochs) = (1e-3, 16, 20);
        }

        double accuracy = Mean(ShippedSet.Semeion(), 1, Deep, Images);
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
