using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>PredictedLabel carries the key values of the label, and Score the class names, whatever the type of the label.</summary>
[TestClass]
public class LabelTypeTests
{
    [TestMethod]
    public void Text_labels_name_the_classes() => AssertLabels(Blobs.Name, text => text.AsMemory(), ["red", "green", "blue"]);

    [TestMethod]
    public void Integer_labels_name_the_classes() => AssertLabels(i => 10 - i, value => value, ["10", "9", "8"]);

    [TestMethod]
    public void Float_labels_name_the_classes() => AssertLabels(i => i + 0.5f, value => value, ["0.5", "1.5", "2.5"]);

    [TestMethod]
    public void Boolean_labels_name_the_classes() => AssertLabels(i => i == 0, value => value, ["True", "False"]);

    [TestMethod]
    public void A_key_without_values_gives_no_class_names()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(
            Blobs.Rows(30, i => (uint)i).Select(row => new KeyRow { Features = row.Features, Label = row.Label }));

        DataViewSchema schema = mlContext.SmallSal().Fit(data).Transform(data).Schema;

        Assert.IsNull(schema["Score"].Annotations.Schema.GetColumnOrNull("SlotNames"));
        Assert.AreEqual(3ul, ((KeyDataViewType)schema["PredictedLabel"].Type).Count);
    }

    /// <param name="label">The label of a class.</param>
    /// <param name="stored">The label as ML.NET stores it: text as <see cref="ReadOnlyMemory{T}"/>.</param>
    /// <param name="names">The expected slot names.</param>
    private static void AssertLabels<TLabel, TStored>(Func<int, TLabel> label, Func<TLabel, TStored> stored, string[] names)
    {
        var mlContext = new MLContext(seed: 1);
        IReadOnlyList<LabeledRow<TLabel>> rows = Blobs.Rows(60, label);
        IDataView data = Blobs.View(mlContext, rows);
        ITransformer model = mlContext.SmallSal().Append(mlContext.Transforms.Conversion.MapKeyToValue("Original", "PredictedLabel"))
            .Fit(data);

        AssertScored(model, data);

        // Names and values survive saving and loading.
        using var stream = new MemoryStream();
        mlContext.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        AssertScored(new MLContext().Model.Load(stream, out _), data);

        void AssertScored(ITransformer transformer, IDataView input)
        {
            IDataView scored = transformer.Transform(input);
            VBuffer<ReadOnlyMemory<char>> slots = default;
            scored.Schema["Score"].Annotations.GetValue("SlotNames", ref slots);
            CollectionAssert.AreEqual(names, slots.DenseValues().Select(name => name.ToString()).ToArray());

            VBuffer<TStored> values = default;
            scored.Schema["PredictedLabel"].Annotations.GetValue("KeyValues", ref values);
            CollectionAssert.AreEqual(names, values.DenseValues().Select(Text).ToArray());

            string table = mlContext.MulticlassClassification.Evaluate(scored).ConfusionMatrix.GetFormattedConfusionTable();
            foreach (string name in names)
            {
                Assert.Contains(name, table);
            }

            string[] expected = [.. rows.Select(row => Text(stored(row.Label)))];
            string[] predicted = [.. scored.GetColumn<TStored>("Original").Select(Text)];
            CollectionAssert.AreEqual(expected, predicted);
        }
    }

    private static string Text<T>(T value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}");

    private sealed class KeyRow
    {
        [VectorType(Blobs.FeatureCount)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
