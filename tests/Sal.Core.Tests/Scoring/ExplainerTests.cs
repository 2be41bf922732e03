using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Tests.Plain;
using Sal.Core.Training;

namespace Sal.Core.Tests.Scoring;

/// <summary>Contributions of features to the predicted class.</summary>
[TestClass]
public class ExplainerTests
{
    private const int Rows = 240, Features = 7, Classes = 4;

    private static readonly float[][] Data = CreateRows();
    private static readonly SalModel Trained = Train(options => options.NumberOfAreas = 3);

    public static IEnumerable<object[]> Networks =>
    [
        ["one area", (Action<SalTrainingOptions>)(_ => { })],
        ["areas", (Action<SalTrainingOptions>)(options => options.NumberOfAreas = 3)],
        ["first layer routed", (Action<SalTrainingOptions>)(options =>
        {
            options.NumberOfAreas = 3;
            options.RoutedLayers = RoutedLayers.FirstOnly;
        })],
        ["backpropagation", (Action<SalTrainingOptions>)(options => options.Rule = LearningRule.Backpropagation)],
        ["tanh", (Action<SalTrainingOptions>)(options => options.Activation = ActivationKind.Tanh)],
        ["residual", (Action<SalTrainingOptions>)(options => (options.Residual, options.NumberOfLayers) = (true, 4))],
        ["residual tanh", (Action<SalTrainingOptions>)(options =>
        {
            (options.Residual, options.NumberOfLayers, options.Activation) = (true, 5, ActivationKind.Tanh);
        })],
        ["one layer", (Action<SalTrainingOptions>)(options => options.NumberOfLayers = 1)],
        ["one scale", (Action<SalTrainingOptions>)(options => options.InputScaling = InputScaling.Common)],
        ["thresholds", (Action<SalTrainingOptions>)(options => (options.ThresholdsPerFeature, options.StepsPerFeature) = (6, 4))],
    ];

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Contributions_are_the_integrated_gradients_and_add_up_to_the_change_of_the_log_odds(
        string network, Action<SalTrainingOptions> change)
    {
        SalModel model = Train(change);
        var plain = new PlainExplanation(model);
        double[] baseline = plain.EncodeTypical();
        var explainer = new SalExplainer(model) { Points = 256 };
        double error = 0, errorOfMany = 0, total = 0;
        for (int row = 0; row < Rows; row += 40)
        {
            var contributions = new float[Features];
            SalExplanation explanation = model.Explain(new FeatureVector(Data[row]), contributions);

            double[] inputs = plain.Encode(Data[row]);
            double[] expected = plain.Contributions(baseline, inputs, explanation, points: 600);
            double start = plain.LogOdds(baseline, explanation.Area, explanation.PredictedClass, explanation.OtherClass);
            double end = plain.LogOdds(inputs, explanation.Area, explanation.PredictedClass, explanation.OtherClass);
            Assert.AreEqual(end - start, contributions.Sum(x => (double)x), 1e-4, network);
            Assert.AreEqual(start, explanation.BaselineLogOdds, 1e-4, network);
            Assert.AreEqual(end, explanation.LogOdds, 1e-4, network);
            Assert.AreEqual(model.GetArea(Data[row]), explanation.Area);
            error += expected.Zip(contributions, (x, y) => Math.Abs(x - y)).Sum();
            explainer.Explain(new FeatureVector(Data[row]), contributions);
            Assert.AreEqual(end - start, contributions.Sum(x => (double)x), 1e-3, network);
            errorOfMany += expected.Zip(contributions, (x, y) => Math.Abs(x - y)).Sum();
            total += expected.Sum(Math.Abs);
        }

        Assert.IsGreaterThan(1, total, network);
        Assert.IsLessThan(0.01, error / total, network);
        Assert.IsLessThan(0.001, errorOfMany / total, network);
    }

    [TestMethod]
    public void The_log_odds_are_those_of_the_predicted_probabilities()
    {
        var explainer = new SalExplainer(Trained);
        var probabilities = new float[Classes];
        var contributions = new float[Features];
        foreach (float[] row in Data)
        {
            Trained.Predict(row, probabilities);
            int[] order = [.. Enumerable.Range(0, Classes).OrderByDescending(i => probabilities[i])];

            SalExplanation explanation = explainer.Explain(new FeatureVector(row), contributions);
            SalExplanation named = explainer.Explain(new FeatureVector(row), new float[Features], otherClass: order[3]);
            SalExplanation predicted = explainer.Explain(new FeatureVector(row), new float[Features], otherClass: order[0]);

            Assert.AreEqual((order[0], order[1]), (explanation.PredictedClass, explanation.OtherClass));
            Assert.AreEqual(Math.Log(probabilities[order[0]] / probabilities[order[1]]), explanation.LogOdds, 1e-4);
            Assert.AreEqual((order[0], order[3]), (named.PredictedClass, named.OtherClass));
            Assert.AreEqual(Math.Log(probabilities[order[0]] / probabilities[order[3]]), named.LogOdds, 1e-3);
            Assert.AreEqual(explanation, predicted);
        }
    }

    [TestMethod]
    public void Missing_and_infinite_values_count_in_their_feature()
    {
        float[] typical = [.. Enumerable.Range(0, Features).Select(Median)];
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue])
        {
            float[] row = [.. typical];
            row[0] = value;
            var contributions = new float[Features];

            var explainer = new SalExplainer(Trained, new FeatureVector(typical));
            SalExplanation explanation = explainer.Explain(new FeatureVector(row), contributions);

            Assert.AreNotEqual(0, contributions[0], $"{value}");
            Assert.IsTrue(contributions.Skip(1).All(x => x == 0), $"{value}: {string.Join(' ', contributions)}");
            Assert.AreEqual(explanation.LogOdds - explanation.BaselineLogOdds, contributions[0], 1e-4, $"{value}");
        }

        float[] unusual = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.NaN, float.MaxValue, 0, -0f];
        var all = new float[Features];
        SalExplanation found = Trained.Explain(new FeatureVector(unusual), all);
        Assert.IsTrue(all.All(float.IsFinite));
        Assert.AreEqual(found.LogOdds - found.BaselineLogOdds, all.Sum(), 1e-3);
    }

    [TestMethod]
    public void A_row_is_measured_from_the_mean_of_its_area()
    {
        var plain = new PlainExplanation(Trained);
        var means = new SalAreaMeans(Trained);
        foreach (float[] row in Data)
        {
            means.Add(new FeatureVector(row));
        }

        var explainer = new SalExplainer(means);
        for (int area = 0; area < Trained.NumberOfAreas; area++)
        {
            float[][] members = [.. Data.Where(row => Trained.GetArea(row) == area)];
            Assert.IsNotEmpty(members);
            double[][] encoded = [.. members.Select(plain.Encode)];
            double[] mean = [.. Enumerable.Range(0, encoded[0].Length).Select(input => encoded.Average(row => row[input]))];
            var contributions = new float[Features];

            SalExplanation explanation = explainer.Explain(new FeatureVector(members[0]), contributions);

            double start = plain.LogOdds(mean, area, explanation.PredictedClass, explanation.OtherClass);
            Assert.AreEqual(start, explanation.BaselineLogOdds, 1e-4);
            Assert.AreEqual(explanation.LogOdds - start, contributions.Sum(x => (double)x), 1e-3);
        }
    }

    [TestMethod]
    public void An_area_without_rows_is_measured_from_the_mean_of_all_rows()
    {
        float[] only = Data.First(row => Trained.GetArea(row) == 0), other = Data.First(row => Trained.GetArea(row) == 1);
        var means = new SalAreaMeans(Trained);
        means.Add(new FeatureVector(only));
        float[] expected = new float[Features], actual = new float[Features];

        new SalExplainer(Trained, new FeatureVector(only)).Explain(new FeatureVector(other), expected);
        new SalExplainer(means).Explain(new FeatureVector(other), actual);

        CollectionAssert.AreEqual(expected, actual);
        Assert.IsTrue(actual.Any(x => x != 0));
        new SalExplainer(means).Explain(new FeatureVector(only), actual);
        Assert.IsTrue(actual.All(x => x == 0), "a row measured from itself");
        Assert.ThrowsExactly<InvalidOperationException>(() => new SalExplainer(new SalAreaMeans(Trained)));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Sparse_rows_are_explained_as_their_dense_form_and_as_the_plain_network_tells(int areas)
    {
        Onnx.TrainedModels texts = Onnx.TrainedModels.TextLike(300);
        SalModel model = texts.Train(options => (options.NumberOfAreas, options.HiddenUnits, options.NumberOfLayers) = (areas, 20, 2));
        Assert.IsTrue(model.Network.Shape.IsSparse);
        var means = new SalAreaMeans(model);
        foreach (float[] row in texts.Rows)
        {
            means.Add(new FeatureVector(row));
        }

        var plain = new PlainExplanation(model);
        foreach (float[] row in texts.Rows.Take(3))
        {
            int[] indices = [.. Enumerable.Range(0, row.Length).Where(i => row[i] != 0)];
            float[] values = [.. indices.Select(i => row[i])];
            foreach (SalExplainer explainer in (SalExplainer[])[new SalExplainer(model), new SalExplainer(means)])
            {
                float[] sparse = new float[row.Length], dense = new float[row.Length];
                SalExplanation explanation = explainer.Explain(new FeatureVector(row.Length, indices, values), sparse);
                Assert.AreEqual(explanation, explainer.Explain(new FeatureVector(row), dense));
                CollectionAssert.AreEqual(dense, sparse);
                Assert.AreEqual(explanation.LogOdds - explanation.BaselineLogOdds, sparse.Sum(x => (double)x), 1e-3);
            }

            var contributions = new float[row.Length];
            SalExplanation typical = model.Explain(new FeatureVector(row), contributions);
            double[] expected = plain.Contributions(plain.EncodeTypical(), plain.Encode(row), typical, points: 200);
            Assert.IsLessThan(0.02, expected.Zip(contributions, (x, y) => Math.Abs(x - y)).Sum() / expected.Sum(Math.Abs));
        }
    }

    [TestMethod]
    public void Explaining_allocates_nothing_and_serves_many_threads()
    {
        var explainer = new SalExplainer(Trained);
        float[][] expected = [.. Data.Select(row => Explain(explainer, row))];
        Parallel.For(0, 32, _ =>
        {
            for (int row = 0; row < Rows; row++)
            {
                CollectionAssert.AreEqual(expected[row], Explain(explainer, Data[row]));
            }
        });

        var contributions = new float[Features];
        explainer.Explain(new FeatureVector(Data[0]), contributions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (float[] row in Data)
        {
            explainer.Explain(new FeatureVector(row), contributions);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void A_saved_explainer_gives_the_same_bits_after_loading()
    {
        var means = new SalAreaMeans(Trained);
        foreach (float[] row in Data)
        {
            means.Add(new FeatureVector(row));
        }

        foreach (SalExplainer explainer in (SalExplainer[])
            [new SalExplainer(Trained), new SalExplainer(means), new SalExplainer(Trained, new FeatureVector(Data[0]))])
        {
            using var stream = new MemoryStream();
            explainer.Save(stream);
            stream.WriteByte(7);
            stream.Position = 0;

            SalExplainer loaded = SalExplainer.Load(stream);

            Assert.AreEqual(7, stream.ReadByte(), "what follows is left alone");
            for (int row = 0; row < Rows; row++)
            {
                CollectionAssert.AreEqual(Explain(explainer, Data[row]), Explain(loaded, Data[row]));
            }
        }
    }

    [TestMethod]
    public void A_damaged_file_is_refused()
    {
        using var saved = new MemoryStream();
        new SalExplainer(Trained, new FeatureVector(Data[0])).Save(saved);
        byte[] whole = saved.ToArray();
        int modelLength = Faults.TrainedModel.Save(Trained).Length;
        for (int place = modelLength; place < whole.Length; place++)
        {
            byte[] altered = [.. whole];
            altered[place] ^= 1;
            Assert.ThrowsExactly<InvalidDataException>(() => SalExplainer.Load(new MemoryStream(altered)), $"byte {place}");
            Assert.ThrowsExactly<InvalidDataException>(() => SalExplainer.Load(new MemoryStream(whole[..place])), $"{place} bytes");
        }
    }

    [TestMethod]
    public void Rows_spans_and_classes_that_do_not_fit_are_refused()
    {
        var explainer = new SalExplainer(Trained);
        Assert.Contains(
            "6 features",
            Assert.ThrowsExactly<ArgumentException>(() => explainer.Explain(new FeatureVector(new float[6]), new float[Features])).Message);
        Assert.Contains(
            "holds 8 values",
            Assert.ThrowsExactly<ArgumentException>(() => explainer.Explain(new FeatureVector(Data[0]), new float[8])).Message);
        Assert.Contains(
            "There is no class 4: the model has 4 classes, from 0.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => explainer.Explain(new FeatureVector(Data[0]), new float[Features], otherClass: 4)).Message);
        Assert.ThrowsExactly<ArgumentException>(() => new SalExplainer(Trained, new FeatureVector(new float[2])));
    }

    private static float[] Explain(SalExplainer explainer, float[] row)
    {
        var contributions = new float[Features];
        explainer.Explain(new FeatureVector(row), contributions);
        return contributions;
    }

    private static float Median(int feature)
    {
        float[] known = [.. Data.Select(row => row[feature]).Where(float.IsFinite).Order()];
        return known[known.Length / 2];
    }

    // Features of several kinds: missing in some rows, mostly 0, of two values, and noise.
    private static float[][] CreateRows()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Rows).Select(i => (float[])
        [
            random.Next(6) == 0 ? float.NaN : i % 4 + random.NextSingle(),
            i / 2 % 2 * 10 + 4 * random.NextSingle(),
            random.Next(4) == 0 ? random.NextSingle() : 0,
            random.Next(5) == 0 ? float.NaN : random.NextSingle(),
            1e6f * random.NextSingle(),
            i % 2,
            random.NextSingle(),
        ])];
    }

    private static SalModel Train(Action<SalTrainingOptions> change)
    {
        var options = new SalTrainingOptions
        {
            NumberOfAreas = 1, HiddenUnits = 24, NumberOfLayers = 3, NumberOfEpochs = 12, DropoutRate = 0, WeightDecay = 0, Seed = 5,
        };
        change(options);
        var builder = new TrainingSetBuilder(Features, Classes);
        for (int row = 0; row < Rows; row++)
        {
            builder.TryAdd(Data[row], row % Classes);
        }

        return new SalTrainer(options).Train(builder.Build()).Model;
    }
}
