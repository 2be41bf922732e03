using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Predicts single objects. Not thread-safe.</summary>
public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ObjectRow<TSrc> input;
    private readonly DataViewRow output;
    private readonly RowWriter<TDst> writer;

    private protected PredictionEngineBase(
        IHostEnvironment env,
        ITransformer transformer,
        bool ignoreMissingColumns,
        IEnumerable<string> inputMembers,
        IEnumerable<DataViewSchema.DetachedColumn> inputColumns,
        SchemaDefinition outputSchemaDefinition)
    {
        env.CheckValue(transformer, nameof(transformer));
        env.CheckParam(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        input = new ObjectRow<TSrc>(inputMembers, inputColumns);
        var mapper = transformer.GetRowToRowMapper(input.Schema);
        var columns = RowWriter<TDst>.Columns(mapper.OutputSchema, ignoreMissingColumns, outputSchemaDefinition);
        output = mapper.GetRow(input, columns.Select(column => mapper.OutputSchema[column.ColumnName]));
        writer = new RowWriter<TDst>(output, columns);
    }

    public DataViewSchema OutputSchema => output.Schema;

    public TDst Predict(TSrc example)
    {
        var result = new TDst();
        Predict(example, ref result);
        return result;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose() => output.Dispose();

    private protected void PredictCore(TSrc example, TDst prediction)
    {
        Contracts.CheckValue(example, nameof(example));
        input.Current = example;
        writer.Fill(prediction);
    }
}

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(
        IHostEnvironment env,
        ITransformer transformer,
        bool ignoreMissingColumns,
        IEnumerable<string> inputMembers,
        IEnumerable<DataViewSchema.DetachedColumn> inputColumns,
        SchemaDefinition outputSchemaDefinition)
        : base(env, transformer, ignoreMissingColumns, inputMembers, inputColumns, outputSchemaDefinition)
    {
    }

    public override void Predict(TSrc example, ref TDst prediction)
    {
        prediction ??= new TDst();
        PredictCore(example, prediction);
    }
}

public sealed class PredictionEngineOptions
{
    public bool IgnoreMissingColumns = true;

    public SchemaDefinition InputSchemaDefinition;

    public SchemaDefinition OutputSchemaDefinition;
}
