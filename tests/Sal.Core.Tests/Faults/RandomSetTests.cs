using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Faults;

/// <summary>
/// Random tiny training sets: every row is added or counted as skipped, and training gives a model that scores or explains why
/// not.
/// </summary>
[TestClass]
public class RandomSetTests
{
    private enum Column
    {
        Normal,
        Constant,
        CopyOfFirst,
        Huge,
        Denormal,
        LargeOffset,
        ExtremesOfSingle,
        OftenNaN,
        AlwaysNaN,
        OftenInfinite,
        MostlyZero,
    }

    private enum Weighting
    {
        None,
        Random,
        Huge,
        Denormal,
        OftenUnusable,
        Zero,
    }

    [TestMethod]
    public void Random_sets_either_train_or_are_refused_with_the_cause()
    {
        int trained = 0, refused = 0, diverged = 0, count = FaultCount.Of(usual: 400, share: 0.1);
        for (int seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var weighting = (Weighting)random.Next(Enum.GetValues<Weighting>().Length);
            using TrainingSet rows = Draw(random, weighting);
            var options = new SalTrainingOptions
            {
                HiddenUnits = 8, NumberOfLayers = 2, NumberOfEpochs = 3, NumberOfAreas = random.Next(3) == 0 ? 3 : null,
                NumberOfThreads = 2, Seed = seed,
                InputScaling = (InputScaling)random.Next(3), InputClip = random.Next(3) == 0 ? null : 4,
                ThresholdsPerFeature = random.Next(3) switch { 0 => 0, 1 => random.Next(1, 1_025), _ => null },
                StepsPerFeature = random.Next(3) switch { 0 => 0, 1 => random.Next(1, 1_025), _ => null },
                UnbalancedSets = random.Next(2) == 0,
                ValidationFraction = random.Next(2) * 0.3,
            };
            try
            {
                SalTrainingResult result = new SalTrainer(options).Train(rows);
                TrainedModel.AssertSound(result.Model);
                Assert.IsTrue(result.History.Epochs.All(
                    epoch => double.IsFinite(epoch.TrainingLoss) && double.IsFinite(epoch.ValidationLoss ?? 0)), $"seed {seed}");
                trained++;
            }
            catch (ArgumentException exception)
            {
                refused++;
                int classes = Enumerable.Range(0, rows.RowCount).Select(rows.Label).Distinct().Count();
                Assert.Contains(rows.RowCount == 0 ? "no rows" : classes == 1 ? "same class" : "nothing else is refused", exception.Message,
                    $"seed {seed}");
            }
            catch (InvalidOperationException exception)
            {
                diverged++;
                Assert.IsNull(options.InputClip, $"seed {seed}: {exception.Message}");
                Assert.Contains(nameof(SalTrainingOptions.InputClip), exception.Message, $"seed {seed}");
            }
        }

        Console.WriteLine($"{trained} trained, {refused} refused, {diverged} diverged.");
        Assert.IsGreaterThan(count / 4, trained);
        Assert.IsGreaterThan(0, refused);
        Assert.IsGreaterThan(0, diverged);
    }

    // One column reveals the class, on any scale; the others are uninformative.
    [TestMethod]
    [DataRow(1f, 1f)]
    [DataRow(1e38f, 1f)]
    [DataRow(1e-30f, 1f)]
    [DataRow(1f, 1e30f)]
    [DataRow(1f, 1e-30f)]
    [DataRow(1f, float.MaxValue)]
    [DataRow(1f, float.Epsilon)]
    public void An_informative_feature_is_learned_on_any_scale(float feature, float weight)
    {
        var random = new Random(3);
        var builder = new TrainingSetBuilder(6, 3);
        for (int row = 0; row < 90; row++)
        {
            float signal = (row % 3 - 1) * feature;
            builder.TryAdd([signal, 7, random.NextSingle() * 1e38f, signal, 0, (float)(random.NextDouble() * 1e-44)], row % 3, weight);
        }

        using TrainingSet rows = builder.Build();
        SalModel model = new SalTrainer(new SalTrainingOptions { HiddenUnits = 32, NumberOfAreas = 2, LearningRate = 0.01 })
            .Train(rows).Model;

        for (int row = 0; row < rows.RowCount; row++)
        {
            var probabilities = new float[3];
            model.Predict(rows.Features(row), probabilities, out _);
            Assert.IsGreaterThan(0.8f, probabilities[row % 3], $"row {row}");
        }
    }

    [TestMethod]
    public void A_thousand_classes_with_one_row_each_are_distinguished()
    {
        const int Classes = 1_000, Features = 10;
        var builder = new TrainingSetBuilder(Features, Classes);
        for (int row = 0; row < Classes; row++)
        {
            builder.TryAdd([.. Enumerable.Range(0, Features).Select(bit => (float)(row >> bit & 1))], row);
        }

        using TrainingSet rows = builder.Build();
        var options = new SalTrainingOptions
        {
            HiddenUnits = 64, NumberOfLayers = 1, NumberOfEpochs = 30, LearningRate = 0.02, DropoutRate = 0,
        };
        SalTrainingResult result = new SalTrainer(options).Train(rows);

        TrainedModel.AssertSound(result.Model);
        var probabilities = new float[Classes];
        int correct = Enumerable.Range(0, Classes).Count(row =>
        {
            result.Model.Predict(rows.Features(row), probabilities, out _);
            return Array.IndexOf(probabilities, probabilities.Max()) == row;
        });
        Assert.IsGreaterThan(900, correct);
    }

    [TestMethod]
    public void A_hundred_thousand_features_are_stored_sparse_and_learned()
    {
        const int Features = 100_000;
        var random = new Random(1);
        var builder = new TrainingSetBuilder(Features, 2);
        for (int row = 0; row < 60; row++)
        {
            int[] indices = [row % 2, .. Enumerable.Range(0, 20).Select(_ => random.Next(2, Features)).Distinct().Order()];
            builder.TryAdd(indices, [.. indices.Select(index => index > 1 && row % 7 == 0 ? 1e38f : 1)], row % 2);
        }

        using TrainingSet rows = builder.Build();
        Assert.IsTrue(rows.IsSparse);
        SalModel model = new SalTrainer(new SalTrainingOptions { HiddenUnits = 32, NumberOfLayers = 2, LearningRate = 0.01 })
            .Train(rows).Model;
        TrainedModel.AssertSound(model);
        float[] probabilities = [0, 0], others = [0, 0];
        model.Predict([0], [1f], probabilities);
        model.Predict([1], [1f], others);
        Assert.IsGreaterThan(others[0] + 0.05f, probabilities[0], "the feature that reveals the class must raise its probability");
    }

    [TestMethod]
    [DataRow(1e3, OptimizerKind.Sgd)]
    [DataRow(1e30, OptimizerKind.AdamW)]
    [DataRow(1e30, OptimizerKind.SgdMomentum)]
    public void Training_that_diverges_is_an_error(double rate, OptimizerKind optimizer)
    {
        var options = new SalTrainingOptions
        {
            HiddenUnits = 8, LearningRate = rate, Optimizer = optimizer, Rule = LearningRule.Backpropagation, NumberOfEpochs = 50,
            WeightDecay = 1,
        };
        InvalidOperationException exception =
            Assert.ThrowsExactly<InvalidOperationException>(() => new SalTrainer(options).Train(TinySets.Get(0)));
        Assert.Contains("diverged", exception.Message);
        Assert.Contains("epoch", exception.Message);
        Assert.Contains(nameof(SalTrainingOptions.LearningRate), exception.Message);
    }

    [TestMethod]
    public void A_network_larger_than_memory_is_refused_before_anything_is_allocated()
    {
        var options = new SalTrainingOptions { HiddenUnits = 65_536, NumberOfLayers = 1_024, NumberOfAreas = 65_536 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        InsufficientMemoryException exception =
            Assert.ThrowsExactly<InsufficientMemoryException>(() => new SalTrainer(options).Train(TinySets.Get(0)));
        Assert.Contains("hidden units", exception.Message);
        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void More_features_or_classes_than_a_model_file_can_hold_are_refused()
    {
        Assert.AreEqual(
            "featureCount", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TrainingSetBuilder((1 << 24) + 1, 2)).ParamName);
        Assert.AreEqual(
            "classCount", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TrainingSetBuilder(2, (1 << 24) + 1)).ParamName);
    }

    private static TrainingSet Draw(Random random, Weighting weighting)
    {
        int rowCount = random.Next(6) switch { 0 => random.Next(3), _ => random.Next(2, 60) };
        int classes = random.Next(4) switch { 0 => 1, 1 => Math.Max(1, rowCount), 2 => 1_000, _ => 3 };
        Column[] columns = [.. Enumerable.Range(0, random.Next(10) == 0 ? 700 : random.Next(1, 12))
            .Select(_ => (Column)random.Next(random.Next(2) == 0 ? 5 : Enum.GetValues<Column>().Length))];
        var builder = new TrainingSetBuilder(columns.Length, classes);
        int skipped = 0, ignored = 0;
        for (int row = 0; row < rowCount; row++)
        {
            var features = new float[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                features[i] = Value(columns[i], features[0], random);
            }

            int label = random.Next(20) == 0 ? -1 : random.Next(classes);
            float weight = Weight(weighting, random);
            bool isUsable = label >= 0 && float.IsFinite(weight) && weight >= 0;
            Assert.AreEqual(isUsable && weight > 0, builder.TryAdd(features, label, weight));
            skipped += isUsable ? 0 : 1;
            ignored += isUsable && weight == 0 ? 1 : 0;
        }

        Assert.AreEqual((skipped, rowCount - skipped - ignored), ((int)builder.SkippedRows, builder.RowCount));
        return builder.Build();
    }

    private static float Value(Column column, float first, Random random) => column switch
    {
        Column.Normal => random.NextSingle(),
        Column.Constant => 3.5f,
        Column.CopyOfFirst => first,
        Column.Huge => random.NextSingle() * 2e38f - 1e38f,
        Column.Denormal => (float)(random.NextDouble() * 1e-40),
        Column.LargeOffset => 1e30f * (1 + random.Next(3) * 1e-7f),
        Column.ExtremesOfSingle => random.Next(2) == 0 ? float.MaxValue : float.MinValue,
        Column.OftenNaN => random.Next(4) == 0 ? float.NaN : random.NextSingle(),
        Column.AlwaysNaN => float.NaN,
        Column.OftenInfinite => random.Next(4) == 0 ? float.NegativeInfinity : random.NextSingle(),
        _ => random.Next(50) == 0 ? 1 : 0,
    };

    private static float Weight(Weighting weighting, Random random) => weighting switch
    {
        Weighting.None => 1,
        Weighting.Random => random.NextSingle(),
        Weighting.Huge => random.NextSingle() * float.MaxValue,
        Weighting.Denormal => (float)(random.NextDouble() * 1e-40),
        Weighting.OftenUnusable => random.Next(6) switch { 0 => float.NaN, 1 => -1, 2 => float.PositiveInfinity, 3 => 0, _ => 2 },
        _ => random.Next(2),
    };
}
