using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>Transforms that ML.NET cannot export: no file is written whose scores differ from those of the pipeline.</summary>
[TestClass]
public class UnexportableTransformTests
{
    private static readonly string[] Scores = ["Score", "PredictedLabel"];

    private readonly MLContext _mlContext = new(seed: 1);

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(OnnxRows.Make(90));

    [TestMethod]
    [DataRow("NormalizeBinning")]
    [DataRow("NormalizeLogMeanVariance")]
    [DataRow("ApproximatedKernelMap")]
    [DataRow("ProduceHashedWordBags")]
    [DataRow("CustomMapping")]
    public void Features_without_an_ONNX_form_are_refused_by_name(string transform)
    {
        TransformsCatalog transforms = _mlContext.Transforms;
        var exception = Assert.ThrowsExactly<NotSupportedException>(() => Export(transform switch
        {
            "NormalizeBinning" => transforms.NormalizeBinning("Features", "A"),
            "NormalizeLogMeanVariance" => transforms.NormalizeLogMeanVariance("Features", "A"),
            "ApproximatedKernelMap" => transforms.Concatenate("Flat", "A", "B")
                .Append(transforms.ApproximatedKernelMap("Features", "Flat", rank: 4)),
            "ProduceHashedWordBags" => transforms.Text.ProduceHashedWordBags("Features", "Color", numberOfBits: 4),
            _ => Custom<Sum>((row, sum) => sum.C = row.A[0] + row.A[1]).Append(transforms.Concatenate("Features", "A", "C")),
        }));
        StringAssert.Contains(exception.Message, "cannot be exported to ONNX");
        StringAssert.Contains(exception.Message, "'Features'");
    }

    [TestMethod]
    [DataRow("CustomMapping")]
    [DataRow("CustomMapping, then NormalizeMinMax")]
    [DataRow("NormalizeText")]
    public void A_replaced_column_without_an_ONNX_form_is_refused_by_name(string transform)
    {
        TransformsCatalog transforms = _mlContext.Transforms;
        IEstimator<ITransformer> replaced = Custom<Doubled>((row, doubled) => doubled.B = 2 * row.B);
        var exception = Assert.ThrowsExactly<NotSupportedException>(() => Export(transform switch
        {
            "CustomMapping" => replaced.Append(transforms.Concatenate("Features", "A", "B")),
            "CustomMapping, then NormalizeMinMax" => replaced.Append(transforms.NormalizeMinMax("B"))
                .Append(transforms.Concatenate("Features", "A", "B")),
            _ => transforms.Text.NormalizeText("Color").Append(transforms.Text.ProduceWordBags("Features", "Color")),
        }));
        StringAssert.Contains(exception.Message, "cannot be exported to ONNX");
        StringAssert.Contains(exception.Message, transform == "NormalizeText" ? "'Color'" : "'B'");
    }

    [TestMethod]
    public void The_messages_are_those_of_the_page()
    {
        TransformsCatalog transforms = _mlContext.Transforms;
        IEstimator<ITransformer> added = Custom<Sum>((row, sum) => sum.C = row.A[0] + row.A[1]).Append(Concatenate("A", "C"));
        IEstimator<ITransformer> replaced = Custom<Doubled>((row, doubled) => doubled.B = 2 * row.B).Append(Concatenate("A", "B"));
        IEstimator<ITransformer> text = transforms.Text.FeaturizeText("Features", "Color");
        List<string> warnings = [];
        _mlContext.Log += (_, log) => warnings.AddRange(log.Kind == Runtime.ChannelMessageKind.Warning ? [log.RawMessage] : []);

        AssertIsOnPage(Assert.ThrowsExactly<NotSupportedException>(() => Export(added)).Message);
        AssertIsOnPage(Assert.ThrowsExactly<NotSupportedException>(() => Export(replaced)).Message);
        AssertIsOnPage(Assert.ThrowsExactly<InvalidOperationException>(() => Export(FitMLNet(added), [])).Message);
        AssertIsOnPage(Assert.ThrowsExactly<KeyNotFoundException>(() => Export(text)).Message);
        AssertIsOnPage(Assert.ThrowsExactly<KeyNotFoundException>(() => Export(FitMLNet(text), [])).Message);
        Assert.HasCount(5, warnings);
        warnings.ForEach(AssertIsOnPage);
    }

    [TestMethod]
    public void MLNet_exports_its_own_trainers_with_wrong_scores_where_a_replaced_column_has_no_ONNX_form()
    {
        IEstimator<ITransformer> replaced = Custom<Doubled>((row, doubled) => doubled.B = -row.B).Append(Concatenate("B"));
        ITransformer pipeline = FitMLNet(replaced);

        using var file = new MemoryStream(Export(pipeline, Scores));
        IDataView applied = _mlContext.Transforms.ApplyOnnxModel(file).Fit(Data).Transform(Data);

        float[] expected = [.. pipeline.Transform(Data).GetColumn<float[]>("Score").SelectMany(scores => scores)];
        float[] actual = [.. applied.GetColumn<float[]>("Score").SelectMany(scores => scores)];
        Assert.IsGreaterThan(0.1f, expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)));
    }

    [TestMethod]
    public void MLNet_refuses_a_trainer_without_an_ONNX_form()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            OnnxRows.Make(90).Select(row => new BinaryRow { Features = [row.B, row.A[0]], Label = row.B > 10 }));
        ITransformer pipeline = _mlContext.Transforms.NormalizeMinMax("Features")
            .Append(_mlContext.BinaryClassification.Trainers.FieldAwareFactorizationMachine()).Fit(data);
        Assert.ThrowsExactly<InvalidOperationException>(() => _mlContext.Model.ConvertToOnnx(pipeline, data, Stream.Null));
    }

    [TestMethod]
    public void A_custom_mapping_that_the_features_do_not_need_is_left_out()
    {
        IEstimator<ITransformer> aside = Custom<Sum>((row, sum) => sum.C = row.A[0] + row.A[1])
            .Append(_mlContext.Transforms.Concatenate("Features", "A", "B"));
        using var scorer = new OnnxScorer(Export(aside, Scores));
        CollectionAssert.IsSubsetOf(Scores.Select(name => $"{name}.output").ToArray(), scorer.Session.OutputNames.ToArray());

        // C is a column of the pipeline but not of the file.
        Assert.ThrowsExactly<InvalidOperationException>(() => Export(aside));

        // As with ML.NET's own trainers.
        new OnnxScorer(Export(FitMLNet(aside), Scores)).Dispose();
        Assert.ThrowsExactly<InvalidOperationException>(() => Export(FitMLNet(aside), []));
    }

    [TestMethod]
    public void FeaturizeText_fails_for_its_normalization_of_the_text()
    {
        TransformsCatalog.TextTransforms text = _mlContext.Transforms.Text;
        var exception = Assert.ThrowsExactly<KeyNotFoundException>(() => Export(text.FeaturizeText("Features", "Color")));
        StringAssert.Contains(exception.Message, "Color_TextNormalizer");

        var asIs = new TextFeaturizingEstimator.Options
        {
            CaseMode = TextNormalizingEstimator.CaseMode.None, KeepDiacritics = true, KeepPunctuations = true, KeepNumbers = true,
        };
        AssertExported(text.FeaturizeText("Features", asIs, "Color"));
        AssertExported(text.ProduceWordBags("Features", "Color"));
    }

    [TestMethod]
    public void Principal_components_and_mapped_values_need_a_column_of_their_own()
    {
        TransformsCatalog transforms = _mlContext.Transforms;
        KeyValuePair<string, float>[] numbers = [new("red", 1), new("green", 2), new("blue", 3), new("white", 4)];
        IEstimator<ITransformer> flat = transforms.Concatenate("Flat", "A", "B");
        AssertExported(flat.Append(transforms.ProjectToPrincipalComponents("Features", "Flat", rank: 2)));
        AssertExported(
            transforms.Conversion.MapValue("Number", numbers, "Color").Append(transforms.Concatenate("Features", "A", "Number")));

        AssertIsNotLoaded(
            flat.Append(transforms.ProjectToPrincipalComponents("Flat", rank: 2)).Append(transforms.CopyColumns("Features", "Flat")));
        AssertIsNotLoaded(
            transforms.Conversion.MapValue("Color", numbers).Append(transforms.Concatenate("Features", "A", "Color")));

        void AssertIsNotLoaded(IEstimator<ITransformer> features)
        {
            byte[] file = Export(features);
            var exception = Assert.Throws<Exception>(() => new OnnxScorer(file).Dispose());
            StringAssert.Contains(exception.Message, "not acyclic");
        }
    }

    private IEstimator<ITransformer> Custom<T>(Action<Numbers, T> map)
        where T : class, new() => _mlContext.Transforms.CustomMapping(map, contractName: null);

    // ApplyOnnxModel accepts the columns of the data, whatever they are.
    private void AssertExported(IEstimator<ITransformer> features)
    {
        ITransformer pipeline = Fit(features);
        using var file = new MemoryStream(Export(pipeline, Scores));
        IDataView applied = _mlContext.Transforms.ApplyOnnxModel(file).Fit(Data).Transform(Data);
        float[] expected = [.. pipeline.Transform(Data).GetColumn<float[]>("Score").SelectMany(scores => scores)];
        float[] actual = [.. applied.GetColumn<float[]>("Score").SelectMany(scores => scores)];
        Assert.HasCount(expected.Length, actual);
        Assert.IsLessThan(OnnxRows.Tolerance, expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)));
    }

    private byte[] Export(IEstimator<ITransformer> features, params string[] outputs) => Export(Fit(features), outputs);

    private byte[] Export(ITransformer pipeline, string[] outputs)
    {
        using var file = new MemoryStream();
        if (outputs.Length == 0)
        {
            _mlContext.Model.ConvertToOnnx(pipeline, Data, file);
        }
        else
        {
            _mlContext.Model.ConvertToOnnx(pipeline, Data, file, outputs);
        }

        return file.ToArray();
    }

    private ITransformer FitMLNet(IEstimator<ITransformer> features) => features
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 5))
        .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(Data);

    private IEstimator<ITransformer> Concatenate(params string[] columns) => _mlContext.Transforms.Concatenate("Features", columns);

    private static void AssertIsOnPage(string message)
    {
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Documentation", "docs", "onnx.md"));
        Assert.Contains(message, string.Join(' ', page.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private ITransformer Fit(IEstimator<ITransformer> features) => features
        .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_mlContext.SmallSal(options => options.NumberOfEpochs = 2))
        .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
        .Fit(Data);

    private sealed class Numbers
    {
        [VectorType(2, 2)]
        public float[] A { get; set; } = [];

        public float B { get; set; }
    }

    private sealed class BinaryRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Sum
    {
        public float C { get; set; }
    }

    private sealed class Doubled
    {
        public float B { get; set; }
    }
}
