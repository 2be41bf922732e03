using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Model.CreatePredictionEngine.</summary>
[TestClass]
public class PredictionEngineTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;
    private readonly ITransformer _model;

    public PredictionEngineTests()
    {
        _data = _mlContext.Data.LoadFromEnumerable<Input>(
            [new() { Text = "x", A = 1, V = [2, 1] }, new() { Text = "y", A = 2, V = [4, 1] }, new() { Text = "x", A = 4, V = [8, 2] }]);
        _model = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Text")
            .Append(_mlContext.Transforms.Concatenate("Features", "A", "V"))
            .Append(_mlContext.Transforms.NormalizeMinMax("Features"))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "Label"))
            .Fit(_data);
    }

    [TestMethod]
    public void One_object_in_one_object_out()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<Input, Output>(_model);

        Output first = engine.Predict(new Input { Text = "y", A = 2, V = [2, 0.5f] });
        Output second = engine.Predict(new Input { Text = "new", A = -4, V = [8, 0] });

        Assert.AreEqual(2u, first.Label);
        Assert.AreEqual("y", first.Back);
        CollectionAssert.AreEqual(new[] { 0.5f, 0.25f, 0.25f }, first.Features);
        Assert.AreEqual(0u, second.Label);
        Assert.AreEqual("", second.Back);
        CollectionAssert.AreEqual(new float[] { -1, 1, 0 }, second.Features);
    }

    [TestMethod]
    public void An_object_can_be_filled_again()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<Input, Output>(_model);
        var output = new Output { Untouched = 5 };

        engine.Predict(new Input { Text = "x", A = 4, V = [0, 0] }, ref output);

        Assert.AreEqual("x", output.Back);
        Assert.AreEqual(1, output.Features[0]);
        Assert.AreEqual(5, output.Untouched);
    }

    [TestMethod]
    public void The_output_schema_is_that_of_the_transformer()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<Input, Output>(_model);

        CollectionAssert.AreEqual(
            _model.GetOutputSchema(_data.Schema).Select(column => column.ToString()).ToArray(), engine.OutputSchema.Select(column => column.ToString()).ToArray());
        Assert.IsTrue(engine.OutputSchema["Label"].HasKeyValues());
    }

    [TestMethod]
    public void Predictions_equal_those_of_the_transformer()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<Input, Output>(_model);
        Input[] inputs = [.. _mlContext.Data.CreateEnumerable<Input>(_data, reuseRowObject: false)];

        float[][] expected = [.. _model.Transform(_data).GetColumn<float[]>("Features")];

        for (int i = 0; i < inputs.Length; i++)
        {
            CollectionAssert.AreEqual(expected[i], engine.Predict(inputs[i]).Features);
        }
    }

    [TestMethod]
    public void A_schema_tells_sizes_that_the_class_does_not()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<UnsizedInput, Output>(_model, _data.Schema);

        CollectionAssert.AreEqual(new[] { 0.5f, 0.25f, 0.25f }, engine.Predict(new UnsizedInput { Text = "y", A = 2, V = [2, 0.5f] }).Features);
    }

    [TestMethod]
    public void Keys_of_objects_count_from_0()
    {
        IDataView keys = _mlContext.Data.LoadFromEnumerable<KeyRow>([new() { Key = 1 }]);
        ITransformer copy = _mlContext.Transforms.CopyColumns("Copy", "Key").Fit(keys);
        using var engine = _mlContext.Model.CreatePredictionEngine<KeyRow, CopyRow>(copy);

        Assert.AreEqual(2u, engine.Predict(new KeyRow { Key = 1 }).Copy);
    }

    [TestMethod]
    public void What_is_missing_is_named()
    {
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Model.CreatePredictionEngine<TextOnly, Output>(_model)).Message, "'A'");
        StringAssert.Contains(
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Model.CreatePredictionEngine<Input, Wider>(_model, ignoreMissingColumns: false)).Message, "'Zed'");
        Assert.AreEqual(7, _mlContext.Model.CreatePredictionEngine<Input, Wider>(_model).Predict(new Input()).Zed);
    }

    private sealed class Input
    {
        public string Text { get; set; } = "";

        public float A { get; set; }

        [VectorType(2)]
        public float[] V { get; set; } = [0, 0];
    }

    private sealed class UnsizedInput
    {
        public string Text { get; set; } = "";

        public float A { get; set; }

        public float[] V { get; set; } = [];
    }

    private sealed class TextOnly
    {
        public string Text { get; set; } = "";
    }

    private sealed class Output
    {
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];

        public string Back { get; set; } = "";

        [NoColumn]
        public int Untouched { get; set; }
    }

    private sealed class Wider
    {
        public string Back { get; set; } = "";

        public float Zed { get; set; } = 7;
    }

    private sealed class KeyRow
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }

    private sealed class CopyRow
    {
        public uint Copy { get; set; }
    }
}
