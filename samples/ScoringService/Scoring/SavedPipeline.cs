using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Takes apart a pipeline saved by <c>mlContext.Model.Save</c>: its input, the steps that compute the features, and SAL's model.
/// </summary>
internal sealed class SavedPipeline
{
    private const string ScoreColumn = "Score";

    private SavedPipeline(ITransformer[] steps, int salStep, DataViewSchema schema)
    {
        var sal = (ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>)steps[salStep];
        Model = sal.Model.Model;
        FeatureColumnName = sal.FeatureColumnName;
        StepsBeforeSal = steps[..salStep];
        Classifier = steps[..(salStep + 1)];

        IRowToRowMapper mapper = ((ITransformer)new TransformerChain<ITransformer>(Classifier)).GetRowToRowMapper(schema);
        DataViewSchema.Column score = mapper.OutputSchema[ScoreColumn];
        Layout = new InputLayout(schema, mapper.GetDependencies([score]));
        ClassNames = NamesOf(score, Model.ClassCount);
    }

    /// <summary>Gets the engine's model.</summary>
    public SalModel Model { get; }

    /// <summary>Gets the columns that a row must have.</summary>
    public InputLayout Layout { get; }

    /// <summary>Gets the names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the steps that compute the features.</summary>
    public ITransformer[] StepsBeforeSal { get; }

    /// <summary>Gets the steps that compute the features, and SAL.</summary>
    public ITransformer[] Classifier { get; }

    /// <summary>Gets the name of the column that SAL takes its features from.</summary>
    public string FeatureColumnName { get; }

    /// <summary>Gets a value indicating whether the features are an unchanged input column, so that no step has to be run.</summary>
    public bool FeaturesAreInput =>
        Layout.Columns is [{ Kind: InputKind.Single } column] && column.Name == FeatureColumnName && column.Size == Model.FeatureCount
        && StepsBeforeSal.Aggregate(Layout.Schema, (schema, step) => step.GetOutputSchema(schema))
            .Count(known => known.Name == FeatureColumnName) == 1;

    /// <summary>Reads a saved pipeline.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or the service cannot score with the pipeline.</exception>
    public static SavedPipeline Load(MLContext mlContext, byte[] file)
    {
        ITransformer loaded;
        DataViewSchema? schema;
        try
        {
            loaded = mlContext.Model.Load(new MemoryStream(file, writable: false), out schema);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A damaged file fails in many ways: as a zip, in a header, at a checksum, in a constructor called by reflection.
            throw new InvalidDataException($"The file cannot be loaded as a model: {exception.GetBaseException().Message}", exception);
        }

        ITransformer[] steps = [.. Flatten(loaded)];
        int salStep = Array.FindIndex(steps, step => step is ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>);
        string? defect = salStep < 0 ? "The pipeline has no step that SAL trained."
            : schema is null ? "The model was saved without the schema of its input. Pass it to Model.Save."
            : !steps.All(step => step.IsRowToRowMapper) ? "The pipeline has a step that does not map row by row."
            : null;
        return defect is null ? new SavedPipeline(steps, salStep, schema!) : throw new InvalidDataException(defect);
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];

    private static string[] NamesOf(DataViewSchema.Column score, int classCount)
    {
        if (!score.HasSlotNames())
        {
            return [.. Enumerable.Range(0, classCount).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
