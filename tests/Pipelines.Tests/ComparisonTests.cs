using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pipelines.Tests;

/// <summary>Each pipeline, trained, saved and loaded back as the sample does it, classifies the rows held out.</summary>
[TestClass]
public class ComparisonTests
{
    [TestMethod]
    public void The_tabular_pipeline_loaded_back_names_the_operators_of_reports_held_out() =>
        AssertAccuracy(0.72, TabularPipeline.Load, TabularPipeline.Transforms, TabularPipeline.Sal, TextDataViewType.Instance);

    [TestMethod]
    public void The_text_pipeline_loaded_back_classifies_definitions_held_out() =>
        AssertAccuracy(0.70, TextPipeline.Load, TextPipeline.Transforms, TextPipeline.Sal, TextDataViewType.Instance);

    [TestMethod]
    public void The_image_pipeline_loaded_back_reads_digits_held_out() =>
        AssertAccuracy(0.95, ImagePipeline.Load, ImagePipeline.Transforms, ImagePipeline.Sal, NumberDataViewType.Int32);

    [TestMethod]
    public void A_trainer_without_its_native_library_is_left_out()
    {
        using var folder = new TemporaryFolder();
        TextWriter error = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            Comparison.Run(
                folder.File("model.zip"),
                seeds: 1,
                ImagePipeline.Load,
                ImagePipeline.Transforms,
                [("Sal", ImagePipeline.Sal), ("Native", _ => new UnloadableTrainer())]);
        }
        finally
        {
            Console.SetError(error);
        }

        Assert.Contains("Native is left out", captured.ToString());
        Assert.Contains("libgomp1", captured.ToString());
    }

    // Without LightGbm: its native library needs OpenMP, which a machine that runs the tests may lack.
    private static void AssertAccuracy(
        double floor,
        Func<MLContext, IDataView> load,
        Func<MLContext, IEstimator<ITransformer>> transforms,
        Func<MLContext, IEstimator<ITransformer>> sal,
        DataViewType labelType)
    {
        using var folder = new TemporaryFolder();
        ITransformer model = Comparison.Run(folder.File("model.zip"), seeds: 1, load, transforms, [("Sal", sal)]);

        var mlContext = new MLContext();
        IDataView heldOut = mlContext.Data.TrainTestSplit(load(mlContext), testFraction: 0.2, seed: 1).TestSet;
        IDataView scored = model.Transform(heldOut);
        Assert.IsGreaterThan(floor, mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        Assert.AreEqual(labelType, scored.Schema["PredictedLabel"].Type);
    }

    private sealed class UnloadableTrainer : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) =>
            throw new InvalidOperationException("Training failed.", new DllNotFoundException("Unable to load shared library 'native'."));

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
