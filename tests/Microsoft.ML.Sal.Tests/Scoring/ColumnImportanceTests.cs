using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Sal.Tests.Scoring;

[TestClass]
public class ColumnImportanceTests
{
    private static readonly string[] _features = ["Color", "Noise", "Pixels", "Size", "Words"];

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Slots_of_one_column_are_permuted_together_and_unused_columns_not_at_all()
    {
        IDataView data = Data(200);
        ITransformer model = Pipeline().Fit(data);

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, data, permutationCount: 3);

        CollectionAssert.AreEquivalent(_features, importance.Keys.ToArray());
        Assert.IsLessThan(-0.2, importance["Color"].MicroAccuracy.Mean);
        Assert.IsGreaterThan(0.2, importance["Color"].LogLoss.Mean);
        Assert.AreEqual(0, importance["Noise"].MicroAccuracy.Mean, 0.05);
        Assert.AreEqual(3, importance["Color"].MacroAccuracy.Count);
        Assert.IsGreaterThan(0, importance["Color"].MicroAccuracy.StandardDeviation);
        Assert.HasCount(3, importance["Color"].PerClassLogLoss);
    }

    [TestMethod]
    public void Loaded_and_nested_chains_give_the_same_figures()
    {
        IDataView data = Data(100);
        ITransformer model = Pipeline().Fit(data);
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        ITransformer nested = new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(loaded));

        string expected = Figures(_mlContext, model);

        Assert.AreEqual(expected, Figures(new MLContext(seed: 1), loaded));
        Assert.AreEqual(expected, Figures(new MLContext(), nested, seed: 1));
        Assert.AreEqual(expected, Figures(_mlContext, model, cache: true));
        Assert.AreNotEqual(expected, Figures(_mlContext, model, seed: 2));

        string Figures(MLContext mlContext, ITransformer scorer, int? seed = null, bool cache = false)
        {
            var importance = mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(
                scorer, cache ? mlContext.Data.Cache(data) : data, permutationCount: 2, seed: seed);
            return string.Join('\n', importance.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
                $"{pair.Key} {pair.Value.LogLoss.Mean:R} {pair.Value.MacroAccuracy.StandardDeviation:R}"));
        }
    }

    [TestMethod]
    public void The_model_of_another_trainer_with_a_label_made_within_is_measured_on_the_first_rows()
    {
        IDataView data = Data(150);
        ITransformer model = _mlContext.Transforms.Categorical.OneHotEncoding("Color")
            .Append(_mlContext.Transforms.Concatenate("Features", "Color", "Noise"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Class", "Label"))
            .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class"))
            .Fit(data);

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(
            model, data, "Class", numberOfExamplesToUse: 120);

        CollectionAssert.AreEquivalent(new[] { "Color", "Noise" }, importance.Keys.ToArray());
        Assert.IsLessThan(-0.2, importance["Color"].MicroAccuracy.Mean);
    }

    [TestMethod]
    public void The_figures_are_those_of_rows_permuted_by_hand()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        Row[] rows = [.. _mlContext.Data.CreateEnumerable<Row>(data, reuseRowObject: false)];
        int[] order = RowSampling.GetPermutation(rows.Length, seed: 9, draw: 0);
        double before = LogLoss(rows);

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, data, seed: 9);

        Assert.AreEqual(
            LogLoss(rows.Select((row, i) => row.With(other => other.Color = rows[order[i]].Color))) - before,
            importance["Color"].LogLoss.Mean);
        Assert.AreEqual(
            LogLoss(rows.Select((row, i) => row.With(other => other.Pixels = rows[order[i]].Pixels))) - before,
            importance["Pixels"].LogLoss.Mean);

        double LogLoss(IEnumerable<Row> rows) => _mlContext.MulticlassClassification.Evaluate(
            model.Transform(_mlContext.Data.LoadFromEnumerable(rows.ToArray()))).LogLoss;
    }

    [TestMethod]
    public void A_feature_that_the_label_is_made_of_is_not_permuted_and_named_in_the_log()
    {
        IDataView data = Data(60);
        ITransformer model = _mlContext.Transforms.Conversion.MapValueToKey("Class", "Label")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Leak", "Label"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Leak", "Size"))
            .Append(_mlContext.SmallSal(options => options.LabelColumnName = "Class"))
            .Fit(data);
        List<string> warnings = [];
        _mlContext.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning)
            {
                warnings.Add(line.Message);
            }
        };

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, data, "Class");

        CollectionAssert.AreEqual(new[] { "Size" }, importance.Keys.ToArray());
        Assert.HasCount(1, warnings);
        Assert.Contains(
            "The model reads 'Label', which the label 'Class' is made of: it is not permuted. "
            + "A feature that knows the label makes all metrics too good.",
            warnings[0]);
    }

    [TestMethod]
    public void What_cannot_be_measured_is_refused()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        MulticlassClassificationCatalog catalog = _mlContext.MulticlassClassification;
        void Measure(int? rows = null, int permutations = 1) =>
            catalog.PermutationFeatureImportanceByColumn(model, data, numberOfExamplesToUse: rows, permutationCount: permutations);

        string transformed = Message<InvalidOperationException>(
            () => catalog.PermutationFeatureImportanceByColumn(model, model.Transform(data)));
        Assert.StartsWith("The model cannot read the rows: ", transformed);
        Assert.Contains("'Color'", transformed);
        Assert.EndsWith(" Pass the rows as they are before the model's transforms, not its output.", transformed);
        Assert.AreEqual(
            "The scored rows have no column 'Class'. Set labelColumnName to the label of the scored rows. They have 'Color', 'Size', "
            + "'Noise', 'Unused', 'Words', 'Pixels', 'Label', 'Features', 'PredictedLabel', 'Score'.",
            Message<InvalidOperationException>(() => catalog.PermutationFeatureImportanceByColumn(model, data, "Class")));
        Assert.StartsWith(
            "The scored rows have no column 'Score'. The model must be a multiclass classifier, or a pipeline that ends in one. They have ",
            Message<InvalidOperationException>(() => catalog.PermutationFeatureImportanceByColumn(
                _mlContext.Transforms.CopyColumns("Copy", "Size").Fit(data), data)));
        Assert.AreEqual(
            "The data has no rows: there is nothing to permute.",
            Message<InvalidOperationException>(() => catalog.PermutationFeatureImportanceByColumn(model, Data(0))));
        Assert.StartsWith(
            "permutationCount is 0, but must be 1 or more.",
            Message<ArgumentOutOfRangeException>(() => Measure(permutations: 0)));
        Assert.StartsWith(
            "numberOfExamplesToUse is 0, but must be 1 or more.",
            Message<ArgumentOutOfRangeException>(() => Measure(rows: 0)));
    }

    private static string Message<TException>(Action action)
        where TException : Exception => Assert.ThrowsExactly<TException>(action).Message;

    private IEstimator<ITransformer> Pipeline() => _mlContext.Transforms.Categorical.OneHotEncoding("Color")
        .Append(_mlContext.Transforms.Text.FeaturizeText("Words"))
        .Append(_mlContext.Transforms.Concatenate("Features", _features))
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.SmallSal())
        .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    // The class follows from Color alone.
    private IDataView Data(int count)
    {
        var random = new Random(1);
        return _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Row
        {
            Color = ((string[])["red", "orange", "green", "blue", "white", "black"])[i % 6],
            Size = random.NextSingle(),
            Noise = random.NextSingle(),
            Unused = i,
            Words = $"{(i % 5 == 0 ? "one" : "two")} words",
            Pixels = [random.NextSingle(), random.NextSingle()],
            Label = ((string[])["warm", "cold", "neutral"])[i % 6 / 2],
        }).ToArray());
    }

    private sealed class Row
    {
        public string Color { get; set; } = "";

        public float Size { get; set; }

        public float Noise { get; set; }

        public float Unused { get; set; }

        public string Words { get; set; } = "";

        [VectorType(2)]
        public float[] Pixels { get; set; } = [];

        public string Label { get; set; } = "";

        public Row With(Action<Row> change)
        {
            var copy = (Row)MemberwiseClone();
            change(copy);
            return copy;
        }
    }
}
