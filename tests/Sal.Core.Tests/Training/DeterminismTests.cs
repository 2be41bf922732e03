using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

[TestClass]
public class DeterminismTests
{
    private static readonly ShippedSet Digits = ShippedSet.Digits();

    public static IEnumerable<object[]> Settings =>
    [
        ["defaults", (Action<SalTrainingOptions>)(_ => { })],
        ["one area", (Action<SalTrainingOptions>)(o => o.NumberOfAreas = 1)],
        ["three areas", (Action<SalTrainingOptions>)(o => o.NumberOfAreas = 3)],
        ["first layer routed", (Action<SalTrainingOptions>)(o => o.RoutedLayers = RoutedLayers.FirstOnly)],
        ["backpropagation", (Action<SalTrainingOptions>)(o => o.Rule = LearningRule.Backpropagation)],
        ["hyperplanes", (Action<SalTrainingOptions>)(o =>
            (o.Router, o.Optimizer) = (RouterKind.RandomHyperplanes, OptimizerKind.SgdMomentum))],
    ];

    [TestMethod]
    [DynamicData(nameof(Settings))]
    public void The_saved_model_has_the_same_bits_on_any_number_of_threads(string name, Action<SalTrainingOptions> set)
    {
        byte[] one = Train(set, 1, 3);
        foreach (int threads in new[] { 2, 3, 4 })
        {
            Assert.IsTrue(one.AsSpan().SequenceEqual(Train(set, threads, 3)), $"{name}, {threads} threads");
        }
    }

    [TestMethod]
    public void A_different_seed_gives_a_different_model() =>
        Assert.IsFalse(Train(_ => { }, 2, 3).AsSpan().SequenceEqual(Train(_ => { }, 2, 4)));

    private static byte[] Train(Action<SalTrainingOptions> set, int threads, int seed)
    {
        var options = new SalTrainingOptions { NumberOfEpochs = 4, HiddenUnits = 72, NumberOfThreads = threads, Seed = seed };
        set(options);
        using var stream = new MemoryStream();
        new SalTrainer(options).Train(Digits.Training(0)).Model.Save(stream);
        return stream.ToArray();
    }
}
