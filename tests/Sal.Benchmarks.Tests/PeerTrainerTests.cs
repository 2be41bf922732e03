using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Sal.Benchmarks.Tests;

/// <summary>What docs/features.md says about ML.NET's trainers, in the order of its columns.</summary>
[TestClass]
public class PeerTrainerTests
{
    private static readonly (string Name, Func<MLContext, IEstimator<ITransformer>> Create)[] Peers =
    [
        ("LightGbm", mlContext => mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            NumberOfIterations = 20, NumberOfThreads = 1, MinimumExampleCountPerLeaf = 1, ExampleWeightColumnName = "Weight",
        })),
        ("FastTree", mlContext => mlContext.MulticlassClassification.Trainers.OneVersusAll(
            mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
            {
                NumberOfTrees = 20, NumberOfThreads = 1, MinimumExampleCountPerLeaf = 1, ExampleWeightColumnName = "Weight",
            }))),
        ("Sdca", mlContext => mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = "Weight" })),
        ("Lbfgs", mlContext => mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, ExampleWeightColumnName = "Weight" })),
    ];

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void All_work_in_chains_cross_validation_prediction_engines_and_saved_models() => AssertEach([true, true, true, true], create =>
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Rows());
        ITransformer model = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(create(_mlContext)).Fit(rows);
        using var file = new MemoryStream();
        _mlContext.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        float[][] scores = [.. Enumerable.Range(0, 4).AsParallel().Select(_ => Scores(loaded, rows))];
        foreach (float[] ofThread in scores)
        {
            CollectionAssert.AreEqual(Scores(model, rows), ofThread);
        }

        float[] first = _mlContext.Model.CreatePredictionEngine<Row, Scored>(model).Predict(Rows()[0]).Score;
        CollectionAssert.AreEqual(scores[0][..2], first);
        return _mlContext.MulticlassClassification.CrossValidate(Labeled(Rows()), create(_mlContext), numberOfFolds: 2).Count == 2;
    });

    [TestMethod]
    public void All_refuse_an_invalid_schema_before_any_row_is_read() => AssertEach([true, true, true, true], create =>
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => create(_mlContext).Fit(_mlContext.Data.LoadFromEnumerable(Unreadable())));
        return true;

        static IEnumerable<Row> Unreadable() => Rows().Select(Row (_) => throw new InvalidDataException("A row was read."));
    });

    [TestMethod]
    public void Scores_have_class_names_for_texts_but_not_for_numbers()
    {
        AssertEach([true, true, true, true], create => HasNames(create, Labeled(Rows())));
        AssertEach([false, false, false, false], create => HasNames(create, Labeled(Rows().Select(row => new NumberedRow
        {
            Features = row.Features, Label = row.Label.Length,
        }))));

        bool HasNames(Func<MLContext, IEstimator<ITransformer>> create, IDataView data) =>
            create(_mlContext).Fit(data).Transform(data).Schema["Score"].HasSlotNames();
    }

    [TestMethod]
    public void Rows_whose_label_has_other_keys_are_evaluated_by_position() => AssertEach([false, false, false, false], create =>
    {
        Row[] rows = [.. Rows().Select((row, i) => new Row { Features = row.Features, Label = i % 2 == 0 ? "even" : "odd", Weight = 1 })];
        ITransformer model = create(_mlContext).Fit(Labeled(rows));
        Assert.IsGreaterThan(0.9, Accuracy(Labeled(rows)));
        return Accuracy(Labeled(rows.Skip(1))) > 0.9;

        double Accuracy(IDataView data) => _mlContext.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy;
    });

    [TestMethod]
    public void All_are_exported_to_ONNX_even_if_the_file_gives_other_scores() => AssertEach([true, true, true, true], create =>
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Rows());
        IEstimator<ITransformer> label = _mlContext.Transforms.Conversion.MapValueToKey("Label");
        return Export(label.Append(create(_mlContext))) > 0 && Export(Turned().Append(label).Append(create(_mlContext))) > 0;

        long Export(IEstimator<ITransformer> pipeline)
        {
            using var file = new MemoryStream();
            _mlContext.Model.ConvertToOnnx(pipeline.Fit(rows), rows, file);
            return file.Length;
        }

        IEstimator<ITransformer> Turned() => _mlContext.Transforms.CustomMapping<OnlyFeatures, OnlyFeatures>(
            (row, turned) => turned.Features = [-row.Features[0], row.Features[1]], contractName: null);
    });

    [TestMethod]
    public void Trees_learn_classes_that_are_not_linearly_separable() =>
        AssertEach([true, true, false, false], create => Accuracy(create, Labeled(Rows())) > 0.9);

    [TestMethod]
    public void Linear_trainers_ask_for_a_normalizer() => AssertEach(
        [false, false, true, true],
        create => ((TrainerInfo)create(_mlContext).GetType().GetProperty("Info")!.GetValue(create(_mlContext))!).NeedNormalization);

    [TestMethod]
    public void Only_LightGbm_learns_from_rows_with_missing_features() => AssertEach([true, false, false, false], create =>
    {
        IDataView data = Labeled(Rows().Select((row, i) => new Row
        {
            Features = [i % 2, float.NaN], Label = i % 2 == 0 ? "same" : "other", Weight = 1,
        }));
        try
        {
            return Accuracy(create, data) > 0.9;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    });

    [TestMethod]
    public void Example_weights_decide_between_labels_that_contradict_each_other() => AssertEach([true, true, true, true], create =>
    {
        IDataView data = Labeled(Enumerable.Range(0, 300).Select(i => new Row
        {
            Features = [i / 3 % 2, 0], Label = i % 3 == 0 ? "same" : "other", Weight = i % 3 == 0 ? 10 : 1,
        }));
        return create(_mlContext).Fit(data).Transform(data).GetColumn<uint>("PredictedLabel").All(key => key == 1);
    });

    [TestMethod]
    public void All_can_be_canceled_by_the_host() => AssertEach([true, true, true, true], create =>
    {
        IDataView data = Labeled(Rows());
        var canceled = new MLContext(seed: 1);
        // As AutoML cancels: the method is internal.
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(canceled, null);
        Assert.Throws<OperationCanceledException>(() => create(canceled).Fit(data));
        return true;
    });

    [TestMethod]
    public void LightGbm_and_Sdca_log_what_they_choose() => AssertEach([true, false, true, false], create =>
    {
        var mlContext = new MLContext(seed: 1);
        List<string> messages = [];
        mlContext.Log += (_, log) => messages.Add(log.RawMessage);
        create(mlContext).Fit(Labeled(Rows()));
        return messages.Any(message => message.StartsWith("Auto-tuning parameters", StringComparison.Ordinal));
    });

    [TestMethod]
    public void Permutation_feature_importance_works_over_a_chain_whose_features_have_names()
    {
        AssertEach([true, true, true, true], create =>
        {
            IDataView rows = _mlContext.Data.LoadFromEnumerable(Rows().Select(row => new SplitRow
            {
                A = row.Features[0], B = row.Features[1], Label = row.Label,
            }));
            ITransformer model = _mlContext.Transforms.Concatenate("Features", "A", "B")
                .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label")).Append(create(_mlContext)).Fit(rows);
            return _mlContext.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(rows)).Count == 2;
        });
        AssertEach([true, true, true, true], create =>
        {
            IDataView rows = _mlContext.Data.LoadFromEnumerable(Rows());
            ITransformer model = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(create(_mlContext)).Fit(rows);
            Assert.Throws<InvalidOperationException>(
                () => _mlContext.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(rows)));
            return true;
        });
    }

    [TestMethod]
    public void Fit_takes_a_validation_set_or_a_model_where_the_page_says_so()
    {
        AssertEach([true, false, false, false], create => Fits(create).Any(fit => fit is [_, { Name: nameof(IDataView) }]));
        AssertEach([false, false, false, true], create => Fits(create).Any(fit => fit is [_, { Name: not nameof(IDataView) }]));

        IEnumerable<Type[]> Fits(Func<MLContext, IEstimator<ITransformer>> create) => create(_mlContext).GetType().GetMethods()
            .Where(method => method.Name == "Fit")
            .Select(method => method.GetParameters().Select(parameter => parameter.ParameterType).ToArray());
    }

    [TestMethod]
    public void Options_exist_where_the_page_says_so()
    {
        AssertOptions("UnbalancedSets", true, true, false, false);
        AssertOptions("EarlyStoppingRound", true, false, false, false);
        AssertOptions("Deterministic", true, false, false, false);
        AssertOptions("L1Regularization", false, false, true, true);
        AssertOptions("ValidationSet", false, false, false, false);
        AssertOptions("CancellationToken", false, false, false, false);
        AssertOptions("Progress", false, false, false, false);
        Assert.IsTrue(HasOption(typeof(GradientBooster.Options), "L1Regularization"));
        Assert.IsTrue(HasOption(typeof(LightGbmMulticlassTrainer.Options), "UseCategoricalSplit"));
        Assert.IsTrue(HasOption(typeof(FastTreeBinaryTrainer.Options), "CategoricalSplit"));

        static void AssertOptions(string option, params bool[] expected) =>
            CollectionAssert.AreEqual(expected, PeerOptions.All.Select(options => HasOption(options, option)).ToArray(), option);

        static bool HasOption(Type options, string name) => PeerOptions.Find(options, name) is not null;
    }

    [TestMethod]
    public void Trees_need_native_libraries()
    {
        string dependencies = File.ReadAllText(Path.ChangeExtension(typeof(PeerTrainerTests).Assembly.Location, ".deps.json"));

        Assert.Contains("FastTreeNative.dll", dependencies);
        Assert.Contains("lib_lightgbm", dependencies);
        string folder = Path.GetDirectoryName(typeof(PeerTrainerTests).Assembly.Location)!;
        foreach (string library in Directory.GetFiles(folder, "lib_lightgbm.so", SearchOption.AllDirectories))
        {
            Assert.IsGreaterThan(0, File.ReadAllBytes(library).AsSpan().IndexOf("libgomp.so.1"u8), "OpenMP");
        }
    }

    private void AssertEach(bool[] expected, Func<Func<MLContext, IEstimator<ITransformer>>, bool> holds)
    {
        foreach ((bool isExpected, (string name, Func<MLContext, IEstimator<ITransformer>> create)) in expected.Zip(Peers))
        {
            Assert.AreEqual(isExpected, holds(create), name);
        }
    }

    private double Accuracy(Func<MLContext, IEstimator<ITransformer>> create, IDataView data) =>
        _mlContext.MulticlassClassification.Evaluate(create(_mlContext).Fit(data).Transform(data)).MicroAccuracy;

    private IDataView Labeled<T>(IEnumerable<T> rows)
        where T : class
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        return _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private static float[] Scores(ITransformer model, IDataView rows) =>
        [.. model.Transform(rows).GetColumn<float[]>("Score").SelectMany(scores => scores)];

    // Whether two features are alike.
    private static Row[] Rows() =>
    [
        .. Enumerable.Range(0, 300).Select(i => new Row
        {
            Features = [(i % 2) + (i % 7 * 0.01f), (i / 2 % 2) + (i % 5 * 0.01f)],
            Label = i % 2 == i / 2 % 2 ? "same" : "other",
            Weight = 1,
        }),
    ];

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        public float Weight { get; set; }
    }

    private sealed class SplitRow
    {
        public float A { get; set; }

        public float B { get; set; }

        public string Label { get; set; } = "";

        public float Weight { get; set; } = 1;
    }

    private sealed class NumberedRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; } = 1;
    }

    private sealed class OnlyFeatures
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
