using Microsoft.ML.Data;
using Microsoft.ML.Sal.Tests.Estimator;
using Microsoft.ML.Sal.Tests.Featurization;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>Contributions of columns to single predictions.</summary>
[TestClass]
public class ContributionTests
{
    private static readonly string[] _columns = ["Color", "Noise", "Pixels", "Size", "Words"];

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Slots_count_in_the_column_that_they_are_made_of_and_add_up_to_the_change_of_the_log_odds()
    {
        IDataView data = Data(120);
        ITransformer model = Pipeline().Fit(data);

        IDataView explained = Explain(model, data);

        CollectionAssert.AreEqual(_columns, SlotNames(explained));
        ExplainedRow[] rows = Read(explained);
        string[] classes = ["warm", "cold", "neutral"];
        foreach (ExplainedRow row in rows)
        {
            float predicted = row.Score.Max(), other = row.Score[Array.IndexOf(classes, row.ContributionsOtherClass)];
            Assert.AreEqual(row.Score.Order().ElementAt(1), other);
            Assert.AreEqual(Math.Log(predicted / other), row.ContributionsBaseline + row.Contributions.Sum(), 1e-3);
        }

        // The class follows from the color alone.
        Assert.IsGreaterThan(96, rows.Count(row => row.Contributions.Index().MaxBy(pair => Math.Abs(pair.Item)).Index == 0));
    }

    [TestMethod]
    public void Contributions_by_column_are_the_sums_of_those_by_slot_and_of_the_engine()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        IDataView scored = model.Transform(data);
        ITransformer bySlot = _mlContext.Transforms.CalculateContributions(
            model, new SalContributionEstimator.Options { GroupByColumn = false }).Fit(scored);
        SalMulticlassModelParameters parameters = Sal(model);

        IDataView slots = bySlot.Transform(scored);
        string[] names = SlotNames(slots);

        Assert.AreEqual("Encoded.red", names[0]);
        CollectionAssert.Contains(names, "Features[7]", "a pixel has no name");
        Assert.AreEqual("Words.", names[^1][..6]);
        float[][] features = [.. scored.GetColumn<float[]>("Features")];
        ExplainedRow[] columns = Read(Explain(model, data));
        foreach ((int i, ExplainedRow row) in Read(slots).Index())
        {
            var engine = new float[parameters.FeatureCount];
            parameters.Explain(new VBuffer<float>(engine.Length, features[i]), engine);
            CollectionAssert.AreEqual(engine, row.Contributions);
            float[] colors = [.. row.Contributions.Where((_, slot) => names[slot].StartsWith("Encoded.", StringComparison.Ordinal))];
            Assert.HasCount(6, colors);
            Assert.AreEqual(columns[i].Contributions[0], colors.Sum(), 1e-5);
            Assert.AreEqual(columns[i].Contributions[2], row.Contributions[7] + row.Contributions[8], 1e-5);
        }
    }

    [TestMethod]
    public void Without_the_input_schema_slots_are_grouped_by_their_names()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        IDataView scored = model.Transform(data);

        IDataView explained = _mlContext.Transforms.CalculateContributions(model).Fit(scored).Transform(scored);

        CollectionAssert.AreEqual(new[] { "Encoded", "Noise", "Features", "Size", "Words" }, SlotNames(explained));
    }

    [TestMethod]
    public void Saved_loaded_and_nested_pipelines_give_the_same_contributions_and_hold_one_model_to_score_with()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        using var plain = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, plain);
        plain.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(plain, out DataViewSchema schema);
        ITransformer nested = new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(loaded));
        ITransformer explaining = model.Append(
            _mlContext.Transforms.CalculateContributions(model, data.Schema, baseline: SalContributionBaseline.AreaMean)
                .Fit(model.Transform(data)));
        using var saved = new MemoryStream();
        _mlContext.Model.Save(explaining, data.Schema, saved);
        saved.Position = 0;

        Assert.AreEqual(Text(Explain(model, data)), Text(Explain(loaded, data)));
        Assert.AreEqual(Text(Explain(model, data)), Text(Explain(nested, data)));
        Assert.AreEqual(Text(explaining.Transform(data)), Text(new MLContext().Model.Load(saved, out _).Transform(data)));
        Assert.AreNotEqual(Text(Explain(model, data)), Text(explaining.Transform(data)));
        CollectionAssert.AreEqual(data.Schema.Select(column => column.Name).ToArray(), schema.Select(column => column.Name).ToArray());

        saved.Position = 0;
        using var engineModel = new MemoryStream();
        SalModel.LoadFromZip(saved, out IReadOnlyList<string>? names).Save(engineModel);
        CollectionAssert.AreEqual(Sal(model).ModelBytes(), engineModel.ToArray());
        CollectionAssert.AreEqual(new[] { "warm", "cold", "neutral" }, names!.ToArray());
    }

    [TestMethod]
    public void A_prediction_engine_explains_row_after_row()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        ITransformer explaining = model.Append(
            _mlContext.Transforms.CalculateContributions(model, data.Schema).Fit(model.Transform(data)));
        using var engine = _mlContext.Model.CreatePredictionEngine<Row, ExplainedRow>(explaining, data.Schema);
        ExplainedRow[] expected = Read(explaining.Transform(data));

        foreach ((int i, Row row) in _mlContext.Data.CreateEnumerable<Row>(data, reuseRowObject: false).Index())
        {
            ExplainedRow actual = engine.Predict(row);
            CollectionAssert.AreEqual(expected[i].Contributions, actual.Contributions);
            Assert.AreEqual(expected[i].ContributionsOtherClass, actual.ContributionsOtherClass);
            Assert.AreEqual(expected[i].ContributionsBaseline, actual.ContributionsBaseline);
        }
    }

    [TestMethod]
    public void What_ML_NET_requires_of_every_estimator_holds()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);
        IDataView other = _mlContext.Transforms.CopyColumns("Copy", "Label").Append(_mlContext.Transforms.DropColumns("Features"))
            .Fit(data).Transform(data);

        EstimatorCheck.Run(_mlContext, _mlContext.Transforms.CalculateContributions(model, data.Schema), model.Transform(data), other);
        EstimatorCheck.Run(
            _mlContext,
            _mlContext.Transforms.CalculateContributions(model, baseline: SalContributionBaseline.AreaMean, otherClassName: "blue"),
            model.Transform(data),
            other);
    }

    [TestMethod]
    public void The_features_of_a_table_lead_back_to_its_columns_with_and_without_the_input_schema()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(House.Rows());
        ITransformer model = _mlContext.Transforms.TabularFeatures(exampleWeightColumnName: "Weight")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Fit(data);
        IDataView scored = model.Transform(data);

        string[] byPipeline = SlotNames(Explain(model, data));
        string[] byNames = SlotNames(_mlContext.Transforms.CalculateContributions(model).Fit(scored).Transform(scored));
        string[] permuted = [.. _mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, data).Keys];

        CollectionAssert.IsSubsetOf(new[] { "Size", "Color", "Built", "Remark", "Light", "District" }, byPipeline);
        Assert.AreEqual(string.Join(", ", permuted.Order()), string.Join(", ", byPipeline.Order()));
        CollectionAssert.AreEqual(
            byPipeline.Except(["Light", "District"]).ToArray(), byNames.Except(["Light", "District", "Features"]).ToArray());
    }

    [TestMethod]
    public void A_vector_without_names_that_is_the_input_is_explained_slot_by_slot()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);

        string[] names = SlotNames(Explain(model, data));

        CollectionAssert.AreEqual(new[] { "Features[0]", "Features[1]", "Features[2]" }, names);
    }

    [TestMethod]
    public void A_named_class_and_another_baseline_are_compared_with()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);
        IDataView scored = model.Transform(data);
        float[] row = [2, 0, -1];

        var options = new SalContributionEstimator.Options { OtherClassName = "green", BaselineRow = row, OutputColumnName = "Why" };
        IDataView explained = _mlContext.Transforms.CalculateContributions(model, options).Fit(scored).Transform(scored);

        string[] others = [.. explained.GetColumn<string>("WhyOtherClass")];
        string[] classes = [.. _mlContext.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(explained).Transform(explained)
            .GetColumn<string>("Name")];
        Assert.IsTrue(classes.Zip(others).All(pair => pair.First == "green" ? pair.Second != "green" : pair.Second == "green"));
        var explainer = new SalExplainer(Sal(model).Model, new FeatureVector(row));
        float[][] features = [.. scored.GetColumn<float[]>("Features")], contributions = [.. explained.GetColumn<float[]>("Why")];
        for (int i = 0; i < features.Length; i++)
        {
            var expected = new float[Blobs.FeatureCount];
            explainer.Explain(new FeatureVector(features[i]), expected, otherClass: 1);
            CollectionAssert.AreEqual(expected, contributions[i]);
        }
    }

    [TestMethod]
    public void Contributions_to_sparse_features_stay_sparse()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
        {
            Words = $"{(i % 2 == 0 ? "good" : "bad")} w{i}",
            Label = i % 2 == 0 ? "warm" : "cold",
        }).ToArray());
        ITransformer model = _mlContext.Transforms.Text.TokenizeIntoWords("Tokens", "Words")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(_mlContext.Transforms.Text.ProduceNgrams("Features", "Tokens"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Fit(data);
        IDataView scored = model.Transform(data);

        ITransformer bySlot = _mlContext.Transforms.CalculateContributions(
            model, new SalContributionEstimator.Options { GroupByColumn = false }).Fit(scored);

        foreach (VBuffer<float> contributions in bySlot.Transform(scored).GetColumn<VBuffer<float>>("Contributions"))
        {
            Assert.IsFalse(contributions.IsDense);
            Assert.IsLessThan(6, contributions.GetValues().Length);
            Assert.IsFalse(contributions.GetValues().Contains(0f));
        }

        CollectionAssert.AreEqual(new[] { "Words" }, SlotNames(Explain(model, data)));
    }

    [TestMethod]
    public void An_ONNX_export_passes_the_columns_if_it_names_others()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer plain = _mlContext.SmallSal().Fit(data);
        ITransformer model = plain.Append(_mlContext.Transforms.CalculateContributions(plain).Fit(plain.Transform(data)));
        using MemoryStream expected = new(), actual = new();

        _mlContext.Model.ConvertToOnnx(plain, data, expected, "Score", "PredictedLabel");
        _mlContext.Model.ConvertToOnnx(model, data, actual, "Score", "PredictedLabel");

        CollectionAssert.AreEqual(expected.ToArray(), actual.ToArray());
    }

    [TestMethod]
    public void What_cannot_be_explained_is_refused()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);
        TransformsCatalog catalog = _mlContext.Transforms;
        ITransformer lbfgs = _mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data);

        Assert.StartsWith(
            "The model has no step that SAL trained.",
            Assert.ThrowsExactly<ArgumentException>(() => catalog.CalculateContributions(lbfgs)).Message);
        Assert.StartsWith(
            "There is no class 'pink' (OtherClassName). The model has 'red', 'green', 'blue'.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => catalog.CalculateContributions(model, otherClassName: "pink")).Message);
        Assert.StartsWith(
            "BaselineRow has 2 features, but the model was trained on 3.",
            Assert.ThrowsExactly<ArgumentException>(() => catalog.CalculateContributions(
                model, new SalContributionEstimator.Options { BaselineRow = [1, 2] })).Message);
        Assert.StartsWith(
            "Baseline is 9, which is no such baseline.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => catalog.CalculateContributions(model, baseline: (SalContributionBaseline)9)).Message);
        Assert.StartsWith(
            "There is no feature column 'Features'. Append the transform after the model that it explains. The data has 'Color', ",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => catalog.CalculateContributions(model).Fit(Data(3))).Message);
        ITransformer pipeline = Pipeline().Fit(Data(30));
        Assert.StartsWith(
            "The model cannot read rows of the input schema: ",
            Assert.ThrowsExactly<ArgumentException>(
                () => catalog.CalculateContributions(pipeline, data.Schema).Fit(pipeline.Transform(Data(30)))).Message);
        Assert.StartsWith(
            "There are no rows to compute the means of the areas from.",
            Assert.ThrowsExactly<InvalidOperationException>(
                () => catalog.CalculateContributions(model, baseline: SalContributionBaseline.AreaMean)
                    .Fit(_mlContext.Data.SkipRows(model.Transform(data), 1_000))).Message);
    }

    private IDataView Explain(ITransformer model, IDataView data)
    {
        IDataView scored = model.Transform(data);
        return _mlContext.Transforms.CalculateContributions(model, data.Schema).Fit(scored).Transform(scored);
    }

    private static SalMulticlassModelParameters Sal(ITransformer model) =>
        ((IEnumerable<ITransformer>)(model as IEnumerable<ITransformer> ?? [model]))
            .OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single().Model;

    private static string[] SlotNames(IDataView explained)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        explained.Schema["Contributions"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => $"{name}")];
    }

    private ExplainedRow[] Read(IDataView explained) =>
        [.. _mlContext.Data.CreateEnumerable<ExplainedRow>(explained, reuseRowObject: false)];

    private string Text(IDataView explained) => string.Join('\n', Read(explained).Select(row =>
        $"{string.Join(' ', row.Contributions.Select(x => $"{x:R}"))} {row.ContributionsOtherClass} {row.ContributionsBaseline:R}"));

    private IEstimator<ITransformer> Pipeline() => _mlContext.Transforms.Categorical.OneHotEncoding("Encoded", "Color")
        .Append(_mlContext.Transforms.Text.FeaturizeText("Words"))
        .Append(_mlContext.Transforms.Concatenate("Features", "Encoded", "Noise", "Pixels", "Size", "Words"))
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.SmallSal(options => options.NumberOfEpochs = 20));

    // The class follows from Color alone.
    private IDataView Data(int count)
    {
        var random = new Random(1);
        return _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row
        {
            Color = ((string[])["red", "orange", "green", "blue", "white", "black"])[i % 6],
            Size = random.NextSingle(),
            Noise = random.NextSingle(),
            Words = $"{(random.Next(2) == 0 ? "one" : "two")} words",
            Pixels = [random.NextSingle(), random.NextSingle()],
            Label = ((string[])["warm", "cold", "neutral"])[i % 6 / 2],
        }).ToArray());
    }

    private sealed class Row
    {
        public string Color { get; set; } = "";

        public float Size { get; set; }

        public float Noise { get; set; }

        public string Words { get; set; } = "";

        [VectorType(2)]
        public float[] Pixels { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class ExplainedRow
    {
        public float[] Score { get; set; } = [];

        public float[] Contributions { get; set; } = [];

        public string ContributionsOtherClass { get; set; } = "";

        public float ContributionsBaseline { get; set; }
    }
}
