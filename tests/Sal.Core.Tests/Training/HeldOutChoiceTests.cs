using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training;

/// <summary>Epochs, dropout, weight decay, steps, areas and the temperature of the probabilities are chosen on held-out rows.</summary>
[TestClass]
public sealed class HeldOutChoiceTests
{
    [TestMethod]
    public void Noisy_rows_are_regularized_more_than_clean_ones()
    {
        var noisy = new Choice();
        using (TrainingSet rows = Rows(400, noise: 2.5))
        {
            new SalTrainer(Options()).Train(rows, null, null, noisy);
        }

        var clean = new Choice();
        using (TrainingSet rows = Rows(400, noise: 0))
        {
            new SalTrainer(Options()).Train(rows, null, null, clean);
        }

        // From few epochs to many, as long as that helps; then the best one with steps.
        Assert.HasCount(3, noisy.Candidates);
        Assert.HasCount(4, clean.Candidates);
        Assert.IsGreaterThan(clean.Chosen.DropoutRate!.Value, noisy.Chosen.DropoutRate!.Value);
        Assert.IsLessThan(clean.Chosen.NumberOfEpochs!.Value, noisy.Chosen.NumberOfEpochs!.Value);
        foreach (Choice choice in new[] { noisy, clean })
        {
            SalTrainingCandidate best = choice.Candidates.MinBy(candidate => candidate.Error + 0.05 * candidate.Loss)!;
            Assert.AreEqual(
                (best.NumberOfEpochs, best.DropoutRate, best.WeightDecay, best.StepsPerFeature, 1),
                (choice.Chosen.NumberOfEpochs, choice.Chosen.DropoutRate, choice.Chosen.WeightDecay, choice.Chosen.StepsPerFeature,
                    choice.Chosen.NumberOfAreas));
            Assert.IsInRange(78, 80, best.RowCount);
        }
    }

    [TestMethod]
    public void The_model_is_that_of_the_chosen_options_on_all_rows_with_tempered_probabilities()
    {
        using TrainingSet rows = Rows(400, noise: 1);
        var choice = new Choice();
        SalModel model = new SalTrainer(Options()).Train(rows, null, null, choice).Model;
        SalModel plain = new SalTrainer(choice.Chosen).Train(rows).Model;

        // The ratio of two log odds is the temperature, for all rows.
        float[] tempered = new float[2], probabilities = new float[2];
        double? temperature = null;
        for (int row = 0; row < 50; row++)
        {
            model.Predict(rows.Features(row), tempered, out _);
            plain.Predict(rows.Features(row), probabilities, out _);
            double own = Math.Log(tempered[0] / tempered[1]), other = Math.Log(probabilities[0] / probabilities[1]);
            temperature ??= other / own;
            Assert.AreEqual(other / temperature.Value, own, 1e-3 * Math.Max(1, Math.Abs(own)), $"row {row}");
        }

        Assert.IsTrue(temperature is > 1 / 3.1 and < 3.1, $"temperature {temperature}");
        Assert.AreNotEqual(1, temperature!.Value, 1e-3);
    }

    [TestMethod]
    public void The_choice_does_not_depend_on_the_number_of_threads()
    {
        using TrainingSet rows = Rows(300, noise: 1);
        byte[][] models = [.. new[] { 1, 2, 4 }.Select(threads => Save(new SalTrainer(Options(o => o.NumberOfThreads = threads)).Train(rows).Model))];
        CollectionAssert.AreEqual(models[0], models[1]);
        CollectionAssert.AreEqual(models[0], models[2]);
    }

    [TestMethod]
    public void Areas_are_a_candidate_for_clean_rows_where_their_number_is_open()
    {
        using TrainingSet rows = Rows(400, noise: 0);
        var choice = new Choice();
        SalModel model = new SalTrainer(Options(o => o.NumberOfAreas = null)).Train(rows, null, null, choice).Model;
        Assert.AreEqual(6, choice.Candidates[^1].NumberOfAreas);
        Assert.IsTrue(choice.Candidates.SkipLast(1).All(candidate => candidate.NumberOfAreas == 1));

        using TrainingSet noisy = Rows(400, noise: 2.5);
        var other = new Choice();
        new SalTrainer(Options(o => o.NumberOfAreas = null)).Train(noisy, null, null, other);
        Assert.IsTrue(other.Candidates.All(candidate => candidate.NumberOfAreas == 1));
        Assert.AreEqual(choice.Chosen.NumberOfAreas, model.NumberOfAreas);
    }

    [TestMethod]
    [DataRow(nameof(SalTrainingOptions.NumberOfEpochs), 2)]
    [DataRow(nameof(SalTrainingOptions.DropoutRate), 0.1)]
    [DataRow(nameof(SalTrainingOptions.WeightDecay), 0.1)]
    [DataRow(nameof(SalTrainingOptions.SelectionFraction), 0.0)]
    [DataRow(nameof(SalTrainingOptions.ValidationFraction), 0.2)]
    [DataRow(nameof(SalTrainingOptions.TimeBudgetSeconds), 100.0)]
    [DataRow(nameof(SalTrainingOptions.Optimizer), OptimizerKind.SgdMomentum)]
    public void Nothing_is_chosen_where_something_is_given(string option, object value)
    {
        using TrainingSet rows = Rows(60, noise: 1);
        var choice = new Choice();
        SalTrainingOptions options = Options();
        typeof(SalTrainingOptions).GetProperty(option)!.SetValue(options, value);
        new SalTrainer(options).Train(rows, null, null, choice);
        Assert.IsEmpty(choice.Candidates);
    }

    // Of more than 8,000 rows, a part of each class is compared: the last class of sorted rows as well.
    [TestMethod]
    public void Rows_in_the_order_of_their_classes_are_compared_class_by_class()
    {
        using var builder = new TrainingSetBuilder(featureCount: 1, classCount: 3);
        for (int row = 0; row < 12_000; row++)
        {
            builder.TryAdd([row % 7], row / 4_000);
        }

        using TrainingSet rows = builder.Build();
        TrainingSet part = Holdout.Split(Holdout.Split(rows, 1.0 / 3, seed: 1).Training, 0.25, seed: 1).Training;
        CollectionAssert.AreEqual(
            new[] { 2_001, 2_001, 2_001 }, Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, part.RowCount).Count(r => part.Label(r) == c)).ToArray());
    }

    [TestMethod]
    public void A_few_rows_leave_nothing_to_choose()
    {
        using TrainingSet rows = Rows(49, noise: 1);
        var choice = new Choice();
        new SalTrainer(Options()).Train(rows, null, null, choice);
        Assert.IsEmpty(choice.Candidates);
    }

    private static SalTrainingOptions Options(Action<SalTrainingOptions>? configure = null)
    {
        var options = new SalTrainingOptions { NumberOfAreas = 1, HiddenUnits = 16, NumberOfLayers = 2, Seed = 1 };
        configure?.Invoke(options);
        return options;
    }

    private static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    // The class is which side of a circle a point is on, blurred by noise; eight more features tell nothing.
    private static TrainingSet Rows(int count, double noise)
    {
        var random = new Random(7);
        using var builder = new TrainingSetBuilder(featureCount: 10, classCount: 2);
        for (int row = 0; row < count; row++)
        {
            float[] features = [.. Enumerable.Range(0, 10).Select(_ => (float)(2 * random.NextDouble() - 1))];
            double radius = Math.Sqrt(features[0] * features[0] + features[1] * features[1]) + noise * (random.NextDouble() - 0.5);
            builder.TryAdd(features, radius > 0.75 ? 1 : 0);
        }

        return builder.Build();
    }

    private sealed class Choice : ISalTrainingObserver
    {
        public List<SalTrainingCandidate> Candidates { get; } = [];

        public SalTrainingOptions Chosen { get; private set; } = new();

        void ISalTrainingObserver.OnCandidate(SalTrainingCandidate candidate) => Candidates.Add(candidate);

        void ISalTrainingObserver.OnStarted(SalTrainingStart start) => Chosen = start.Options;
    }
}
