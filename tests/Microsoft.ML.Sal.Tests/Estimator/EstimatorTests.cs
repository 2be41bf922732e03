using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>
/// Runs the estimator checks on the trainer, alone and in pipelines, with every kind of label and features that it accepts.
/// </summary>
[TestClass]
public class EstimatorTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow("text")]
    [DataRow("int")]
    [DataRow("float")]
    [DataRow("bool")]
    public void The_checks_hold_for_labels_of_any_type(string kind)
    {
        IDataView data = kind switch
        {
            "text" => Blobs.View(_mlContext, 40),
            "int" => Blobs.View(_mlContext, Blobs.Rows(40, i => 10 * i)),
            "float" => Blobs.View(_mlContext, Blobs.Rows(40, i => i + 0.5f)),
            _ => Blobs.View(_mlContext, Blobs.Rows(40, i => i == 0)),
        };

        EstimatorCheck.Run(_mlContext, _mlContext.SmallSal(), data, WithoutFeatures(), WithFeatures(2));
    }

    [TestMethod]
    public void The_checks_hold_for_a_label_without_key_values() =>
        EstimatorCheck.Run(_mlContext, _mlContext.SmallSal(), BareKeys(40, keys: 3), WithoutFeatures());

    [TestMethod]
    public void The_checks_hold_for_a_class_without_rows() => EstimatorCheck.Run(_mlContext, _mlContext.SmallSal(), BareKeys(40, keys: 5));

    [TestMethod]
    public void The_checks_hold_for_other_column_names_and_weights()
    {
        IDataView blobs = Blobs.View(_mlContext, 40);
        IDataView data = _mlContext.Transforms.CopyColumns("Inputs", "Features")
            .Append(_mlContext.Transforms.CopyColumns("Species", "Label"))
            .Append(_mlContext.Transforms.DropColumns("Features", "Label"))
            .Fit(blobs)
            .Transform(blobs);
        SalMulticlassTrainer trainer = _mlContext.SmallSal(options =>
            (options.FeatureColumnName, options.LabelColumnName, options.ExampleWeightColumnName) = ("Inputs", "Species", "Weight"));

        EstimatorCheck.Run(_mlContext, trainer, data, blobs);
    }

    [TestMethod]
    public void The_checks_hold_for_a_pipeline()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Blobs.Rows(40));
        var pipeline = _mlContext.Transforms.NormalizeMinMax("Features")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = (IEnumerable<ITransformer>)EstimatorCheck.Run(_mlContext, pipeline, data, WithoutFeatures());

        Assert.IsInstanceOfType<SalMulticlassPredictionTransformer>(model.SkipLast(1).Last());
    }

    [TestMethod]
    public void The_checks_hold_for_features_with_slot_names_and_sparse_features()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Colors.Rows(40));
        var pipeline = _mlContext.Transforms.Categorical.OneHotEncoding("Colors", "Color")
            .Append(_mlContext.Transforms.Concatenate("Features", "Colors", "Size"))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.SmallSal());

        EstimatorCheck.Run(_mlContext, pipeline, data, WithoutFeatures());
    }

    [TestMethod]
    [DataRow(LearningRule.Backpropagation, RoutedLayers.All, RouterKind.KMeans, ActivationKind.ReLU)]
    [DataRow(LearningRule.DirectFeedback, RoutedLayers.FirstOnly, RouterKind.BalancedKMeans, ActivationKind.ReLU)]
    [DataRow(LearningRule.Local, RoutedLayers.FirstOnly, RouterKind.RandomHyperplanes, ActivationKind.Tanh)]
    public void The_checks_hold_for_options_that_change_the_algorithm(
        LearningRule rule, RoutedLayers layers, RouterKind router, ActivationKind activation) => EstimatorCheck.Run(
        _mlContext,
        _mlContext.SmallSal(options =>
        {
            (options.Rule, options.RoutedLayers, options.Router, options.Activation) = (rule, layers, router, activation);
            (options.Residual, options.UnbalancedSets, options.ValidationFraction) = (activation == ActivationKind.Tanh, true, 0.2);
        }),
        Blobs.View(_mlContext, 40));

    [TestMethod]
    public void The_checks_hold_for_the_simple_overload() => EstimatorCheck.Run(
        _mlContext,
        _mlContext.MulticlassClassification.Trainers.Sal(
            "Label", "Features", exampleWeightColumnName: "Weight", numberOfAreas: 2, hiddenUnits: 8, numberOfLayers: 1, numberOfEpochs: 2),
        Blobs.View(_mlContext, 40));

    [TestMethod]
    public void Fitting_twice_and_in_a_pipeline_gives_the_same_bits()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(Blobs.Rows(40));
        SalMulticlassTrainer trainer = _mlContext.SmallSal();
        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(trainer);

        byte[] first = pipeline.Fit(rows).LastTransformer.Model.ModelBytes();

        CollectionAssert.AreEqual(first, pipeline.Fit(rows).LastTransformer.Model.ModelBytes());
        CollectionAssert.AreEqual(first, trainer.Fit(Blobs.View(_mlContext, 40)).Model.ModelBytes());
    }

    private IDataView WithoutFeatures() => _mlContext.Data.LoadFromEnumerable([new NoFeatures()]);

    private IDataView WithFeatures(int count)
    {
        var schema = SchemaDefinition.Create(typeof(KeyedRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Double, count);
        return _mlContext.Data.LoadFromEnumerable([new KeyedRow { Features = new double[count] }], schema);
    }

    // Keys without values: Score has no slot names and PredictedLabel no key values.
    private IDataView BareKeys(int count, int keys)
    {
        var schema = SchemaDefinition.Create(typeof(LabeledRow<uint>));
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), keys);
        return _mlContext.Data.LoadFromEnumerable(Blobs.Rows(count, i => (uint)i), schema);
    }

    private sealed class NoFeatures
    {
        public float Other { get; set; }
    }

    private sealed class KeyedRow
    {
        public double[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
