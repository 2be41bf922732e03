using Microsoft.ML;
using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Explains predictions: what each input column contributed to the predicted class against the second likeliest one. The class is
/// thread-safe.
/// </summary>
internal sealed class PipelineExplainer
{
    private readonly EnginePool<Explanation> _engines;

    public PipelineExplainer(MLContext mlContext, SavedPipeline pipeline)
    {
        // The transformer of contributions is made for the columns of rows, and reads none of them.
        IDataView features = new TransformerChain<ITransformer>(pipeline.StepsBeforeSal).Transform(new NoRows(pipeline.Layout.Schema));
        ITransformer contributions = mlContext.Transforms
            .CalculateContributions(new TransformerChain<ITransformer>(pipeline.Classifier), pipeline.Layout.Schema).Fit(features);
        _engines = new EnginePool<Explanation>(mlContext, pipeline.Layout, [.. pipeline.StepsBeforeSal, contributions]);
        VBuffer<ReadOnlyMemory<char>> names = default;
        contributions.GetOutputSchema(features.Schema)[nameof(Explanation.Contributions)].GetSlotNames(ref names);
        Names = [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>Gets the names of the contributions: input columns, or the slots of a vector that is the only one.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Explains rows.</summary>
    public Explanation[] Explain(RequestRows rows)
    {
        PredictionEngine<PipelineInput, Explanation> engine = _engines.Get();
        try
        {
            return [.. Enumerable.Range(0, rows.Count).Select(row => engine.Predict(PipelineInput.From(rows, row)))];
        }
        finally
        {
            _engines.Return(engine);
        }
    }

    /// <summary>Shows a schema without rows.</summary>
    private sealed class NoRows(DataViewSchema schema) : IDataView
    {
        public bool CanShuffle => false;

        public DataViewSchema Schema => schema;

        public long? GetRowCount() => 0;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            throw new NotSupportedException("There are no rows to read.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            throw new NotSupportedException("There are no rows to read.");
    }
}
