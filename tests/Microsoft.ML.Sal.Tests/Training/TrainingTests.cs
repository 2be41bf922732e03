using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

[TestClass]
public class TrainingTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void The_trained_model_evaluates_with_class_names_in_the_confusion_matrix()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);

        MulticlassClassificationMetrics metrics = _mlContext.MulticlassClassification.Evaluate(model.Transform(data));

        Assert.AreEqual(1.0, metrics.MicroAccuracy);
        Assert.AreEqual(1.0, metrics.MacroAccuracy);
        Assert.IsLessThan(0.3, metrics.LogLoss);
        string table = metrics.ConfusionMatrix.GetFormattedConfusionTable();
        foreach (string name in new[] { "red", "green", "blue" })
        {
            Assert.Contains(name, table);
        }
    }

    [TestMethod]
    public void A_trainer_with_default_options_learns()
    {
        IDataView data = Blobs.View(_mlContext, 60);

        SalMulticlassPredictionTransformer model =
            _mlContext.MulticlassClassification.Trainers.Sal(numberOfEpochs: 10, hiddenUnits: 32).Fit(data);

        Assert.AreEqual(1.0, _mlContext.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
        Assert.IsGreaterThanOrEqualTo(1, model.Model.NumberOfAreas);
    }

    [TestMethod]
    public void Progress_is_reported_after_each_epoch()
    {
        var reports = new List<SalTrainingProgress>();
        SalMulticlassPredictionTransformer model =
            _mlContext.SmallSal(options => options.Progress = new Listener(reports.Add)).Fit(Blobs.View(_mlContext));
        CollectionAssert.AreEqual(model.Model.History.Epochs.ToArray(), reports.Select(progress => progress.Epoch).ToArray());
    }

    [TestMethod]
    public void The_cancellation_token_in_the_options_stops_training()
    {
        using var source = new CancellationTokenSource();
        SalMulticlassTrainer trainer = _mlContext.SmallSal(options =>
        {
            options.NumberOfEpochs = 100_000;
            options.CancellationToken = source.Token;
            options.Progress = new Listener(progress =>
            {
                if (progress.Epoch.Epoch == 3)
                {
                    source.Cancel();
                }

                Assert.IsLessThan(4, progress.Epoch.Epoch);
            });
        });
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Blobs.View(_mlContext)));
    }

    private sealed class Listener(Action<SalTrainingProgress> listen) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value) => listen(value);
    }

    [TestMethod]
    public void The_trainer_can_be_cross_validated()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Blobs.Rows());
        IEstimator<ITransformer> pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(_mlContext.SmallSal());

        IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> folds =
            _mlContext.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 3);

        Assert.HasCount(3, folds);
        Assert.IsGreaterThan(0.95, folds.Average(fold => fold.Metrics.MicroAccuracy));
    }

    [TestMethod]
    public void A_prediction_engine_agrees_with_the_transformer()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        IDataView data = Blobs.View(_mlContext, rows);
        SalMulticlassPredictionTransformer model = _mlContext.SmallSal().Fit(data);
        Prediction[] expected = [.. _mlContext.Data.CreateEnumerable<Prediction>(model.Transform(data), reuseRowObject: false)];

        PredictionEngine<FeaturesOnly, Prediction> engine = _mlContext.Model.CreatePredictionEngine<FeaturesOnly, Prediction>(model);

        for (int i = 0; i < rows.Count; i++)
        {
            Prediction actual = engine.Predict(new FeaturesOnly { Features = rows[i].Features });
            Assert.AreEqual(expected[i].PredictedLabel, actual.PredictedLabel);
            CollectionAssert.AreEqual(expected[i].Score, actual.Score);
        }
    }

    [TestMethod]
    public void Sparse_rows_train_and_score_like_dense_ones()
    {
        // One-hot columns are sparse vectors; the same vectors densified must give the same model.
        string[] colors = ["red", "green", "blue", "black"];
        IDataView text = _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, 80).Select(i => new ColorRow { Color = colors[i % 4], Label = i % 4 < 2 ? "warm" : "cold" }));
        IDataView sparse = Keyed(_mlContext.Transforms.Categorical.OneHotEncoding("Features", "Color").Fit(text).Transform(text));
        IDataView dense = Keyed(_mlContext.Data.LoadFromEnumerable(
            sparse.GetColumn<float[]>("Features")
                .Select((features, i) => new FourFeatures { Features = features, Label = i % 4 < 2 ? "warm" : "cold" })));

        CollectionAssert.AreEqual(
            _mlContext.SmallSal().Fit(dense).Model.ModelBytes(), _mlContext.SmallSal().Fit(sparse).Model.ModelBytes());

        IDataView Keyed(IDataView data) => _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    [TestMethod]
    public void Example_weights_decide_between_labels_that_contradict_each_other()
    {
        Assert.AreEqual("red", Winner(redWeight: 10, blueWeight: 1));
        Assert.AreEqual("blue", Winner(redWeight: 1, blueWeight: 10));

        string Winner(float redWeight, float blueWeight)
        {
            List<LabeledRow<string>> rows = [.. Blobs.Rows(60, _ => "red")];
            rows.AddRange(Blobs.Rows(60, _ => "blue"));
            foreach (LabeledRow<string> row in rows)
            {
                row.Weight = row.Label == "red" ? redWeight : blueWeight;
            }

            IDataView data = Blobs.View(_mlContext, rows);
            ITransformer model = _mlContext.SmallSal(options => options.ExampleWeightColumnName = "Weight")
                .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Winner", "PredictedLabel")).Fit(data);
            return Assert.ContainsSingle(model.Transform(data).GetColumn<string>("Winner").Distinct());
        }
    }

    [TestMethod]
    public void The_model_exposes_its_layout_and_history()
    {
        IDataView data = Blobs.View(_mlContext, 60);

        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(data).Model;

        Assert.AreEqual(3, model.FeatureCount);
        Assert.AreEqual(3, model.ClassCount);
        Assert.AreEqual(2, model.NumberOfLayers);
        Assert.AreEqual(16, model.HiddenUnits);
        Assert.AreEqual(2, model.NumberOfAreas);
        Assert.IsGreaterThan(model.ActiveParameterCount, model.ParameterCount);

        Assert.HasCount(8, model.History.Epochs);
        CollectionAssert.AreEqual(Enumerable.Range(1, 8).ToArray(), model.History.Epochs.Select(epoch => epoch.Epoch).ToArray());
        Assert.AreEqual(TrainingPhase.Shared, model.History.Epochs[0].Phase);
        Assert.AreEqual(TrainingPhase.Routed, model.History.Epochs[^1].Phase);
        Assert.IsLessThan(model.History.Epochs[0].TrainingLoss, model.History.Epochs[^1].TrainingLoss);
        Assert.AreEqual(60, model.History.Epochs[^1].AreaLoads.Sum());
    }

    [TestMethod]
    public void The_model_returns_the_area_of_each_row()
    {
        IDataView data = Blobs.View(_mlContext, 60);
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(data).Model;

        IReadOnlyList<int> areas = model.GetAreas(data);

        CollectionAssert.AreEqual(
            model.History.Epochs[^1].AreaLoads.ToArray(), new[] { areas.Count(area => area == 0), areas.Count(area => area == 1) });
        Assert.AreEqual(areas[0], model.GetArea(new VBuffer<float>(3, Blobs.Rows(60)[0].Features)));
    }

    [TestMethod]
    public void The_seed_determines_the_model()
    {
        IDataView data = Blobs.View(_mlContext, 30);
        byte[] model = Train(_mlContext, options => options.Seed = 7);

        CollectionAssert.AreEqual(model, Train(_mlContext, options => options.Seed = 7));
        CollectionAssert.AreEqual(model, Train(_mlContext, options => options.NumberOfThreads = 4));
        CollectionAssert.AreNotEqual(model, Train(_mlContext, options => options.Seed = 8));

        // Without a seed in the options, that of the MLContext applies.
        model = Train(new MLContext(seed: 5), options => options.Seed = null);
        CollectionAssert.AreEqual(model, Train(new MLContext(seed: 5), options => options.Seed = null));
        CollectionAssert.AreNotEqual(model, Train(new MLContext(seed: 6), options => options.Seed = null));

        byte[] Train(MLContext mlContext, Action<SalMulticlassTrainer.Options> change) =>
            mlContext.SmallSal(change).Fit(data).Model.ModelBytes();
    }

    [TestMethod]
    public void Fitting_a_trainer_twice_gives_the_same_model()
    {
        IDataView data = Blobs.View(_mlContext, 30);
        SalMulticlassTrainer trainer = _mlContext.SmallSal(options => options.Seed = null);

        CollectionAssert.AreEqual(trainer.Fit(data).Model.ModelBytes(), trainer.Fit(data).Model.ModelBytes());
    }

    [TestMethod]
    public void The_output_schema_is_known_before_training()
    {
        IDataView data = Blobs.View(_mlContext, Blobs.Rows(30, i => i));
        SalMulticlassTrainer trainer = _mlContext.SmallSal();
        DataViewSchema expected = trainer.Fit(data).Transform(data).Schema;

        // SchemaShape.Create is not public.
        var input = (SchemaShape)typeof(SchemaShape)
            .GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static, [typeof(DataViewSchema)])!.Invoke(null, [data.Schema])!;
        SchemaShape actual = _mlContext.Transforms.CopyColumns("Copy", "Label").Append(trainer).GetOutputSchema(input);

        foreach (string name in new[] { "Score", "PredictedLabel" })
        {
            SchemaShape.Column column = actual.Single(column => column.Name == name);
            Assert.AreEqual(expected[name].Type is KeyDataViewType, column.IsKey, name);
            Assert.AreEqual(expected[name].Type is VectorDataViewType, column.Kind == SchemaShape.Column.VectorKind.Vector, name);
            CollectionAssert.AreEquivalent(
                expected[name].Annotations.Schema.Select(annotation => annotation.Name).ToArray(),
                column.Annotations.Select(annotation => annotation.Name).ToArray(),
                name);
        }
    }

    private sealed class FeaturesOnly
    {
        [VectorType(Blobs.FeatureCount)]
        public float[] Features { get; set; } = [];
    }

    private sealed class FourFeatures
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class ColorRow
    {
        public string Color { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
