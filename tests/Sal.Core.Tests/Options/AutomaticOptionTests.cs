using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Options;

/// <summary>The values chosen for options that are left unset.</summary>
[TestClass]
public class AutomaticOptionTests
{
    [TestMethod]
    [DataRow(3, 300, 64)]
    [DataRow(120, 166, 64)]
    [DataRow(666, 30, 64)]
    [DataRow(20_000, 30, 64)]
    [DataRow(60_000, 15, 128)]
    [DataRow(1_000_000, 5, 128)]
    public void Epochs_and_mini_batch_sizes_follow_from_the_number_of_rows(int rows, int epochs, int batchSize)
    {
        SalTrainingOptions chosen = Chosen(new(), rows);
        Assert.AreEqual((epochs, batchSize, batchSize / 2), (chosen.NumberOfEpochs, chosen.BatchSize, chosen.AreaBatchSize));
    }

    [TestMethod]
    public void Automatic_label_smoothing_needs_the_local_rule_aligned_feedback_and_no_residual_layers()
    {
        Assert.AreEqual(0.1, Chosen(new()).LabelSmoothing);
        Assert.AreEqual(0, Chosen(new() { Rule = LearningRule.Backpropagation }).LabelSmoothing);
        Assert.AreEqual(0, Chosen(new() { Feedback = FeedbackKind.Fixed }).LabelSmoothing);
        Assert.AreEqual(0, Chosen(new() { Residual = true, Activation = ActivationKind.Tanh }).LabelSmoothing);
        Assert.AreEqual(0.2, Chosen(new() { LabelSmoothing = 0.2, Rule = LearningRule.Backpropagation }).LabelSmoothing);
    }

    [TestMethod]
    public void Automatic_weight_decay_needs_AdamW()
    {
        Assert.AreEqual(0.1, Chosen(new()).WeightDecay);
        Assert.AreEqual(0, Chosen(new() { Optimizer = OptimizerKind.Sgd }).WeightDecay);
        Assert.AreEqual(0, Chosen(new() { WeightDecay = 0 }).WeightDecay);
    }

    private static SalTrainingOptions Chosen(SalTrainingOptions options, int rows = 100)
    {
        var builder = new TrainingSetBuilder(1, 2);
        for (int row = 0; row < rows; row++)
        {
            Assert.IsTrue(builder.TryAdd([row], row % 2));
        }

        using TrainingSet set = builder.Build();
        return AutomaticOptions.Choose(options, set);
    }
}
