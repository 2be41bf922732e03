using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Shows the rows that ML.NET's scorer shows, with the same columns and values, but scores them in batches. What ML.NET asks of the last
/// transform of a pipeline beyond the rows, its scorer answers.
/// </summary>
internal sealed class BatchScoredView : ITransformCanSaveOnnx
{
    private readonly IHost _host;
    private readonly ITransformCanSaveOnnx _scorer;
    private readonly DataViewSchema.Column _features;
    private readonly SalMulticlassModelParameters _model;
    private readonly HashSet<int> _scoredColumns;

    /// <param name="host">The host of the transformer.</param>
    /// <param name="scorer">The scorer, over the rows to score.</param>
    /// <param name="model">The model that it scores with.</param>
    /// <param name="featureColumn">The name of the feature column.</param>
    public BatchScoredView(IHost host, ITransformCanSaveOnnx scorer, SalMulticlassModelParameters model, string featureColumn)
    {
        (_host, _scorer, _model) = (host, scorer, model);
        _features = Source.Schema[featureColumn];
        _scoredColumns = [Schema[DefaultColumnNames.Score].Index, Schema[DefaultColumnNames.PredictedLabel].Index];
    }

    public IDataView Source => _scorer.Source;

    public DataViewSchema Schema => _scorer.Schema;

    public bool CanShuffle => _scorer.CanShuffle;

    public long? GetRowCount() => _scorer.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return FindInputs(columns) is { } inputs
            ? CreateCursor(Source.GetRowCursor(inputs, CanShuffle ? rand : null), columns, Environment.ProcessorCount)
            : _scorer.GetRowCursor(columns, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        if (FindInputs(columns) is not { } inputs)
        {
            return _scorer.GetRowCursorSet(columns, n, rand);
        }

        DataViewRowCursor[] cursors = Source.GetRowCursorSet(inputs, n, CanShuffle ? rand : null);
        if (cursors.Length == 1 && n > 1 && !(GetRowCount() <= n))
        {
            cursors = DataViewUtils.CreateSplitCursors(_host, cursors[0], n);
        }

        return [.. cursors.Select(cursor => CreateCursor(cursor, columns, threads: 1))];
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => _scorer.Save(ctx);

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => _scorer.CanSaveOnnx(ctx);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => _scorer.SaveAsOnnx(ctx);

    // The columns to read; null where nothing is to be scored, or where a column, such as an image, cannot be kept while others are read.
    private DataViewSchema.Column[]? FindInputs(DataViewSchema.Column[] columns)
    {
        if (!columns.Any(column => _scoredColumns.Contains(column.Index)))
        {
            return null;
        }

        DataViewSchema.Column[] inputs = [.. ((IRowToRowMapper)_scorer).GetDependencies(columns)];
        return DataViewUtils.AllCacheable(inputs) ? inputs : null;
    }

    private ScoredCursor CreateCursor(DataViewRowCursor input, DataViewSchema.Column[] columns, int threads)
    {
        var rows = new ScoringCursor(input, _features, _model, threads);
        return new ScoredCursor(rows, ((IRowToRowMapper)_scorer).GetRow(rows, columns), columns);
    }
}
