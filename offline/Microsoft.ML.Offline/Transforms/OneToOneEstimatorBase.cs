using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>An estimator that makes one output column of each of its input columns.</summary>
public abstract class OneToOneEstimatorBase<TTransformer> : IEstimator<TTransformer>
    where TTransformer : class, ITransformer
{
    private protected OneToOneEstimatorBase(IHostEnvironment env, InputOutputColumnPair[] columns)
    {
        Host = env.Register(GetType().Name);
        Host.CheckUserArg(columns is { Length: > 0 }, nameof(columns), "columns cannot be null or empty");
        ColumnPairs = [.. columns.Select(column => (column.OutputColumnName, column.InputColumnName))];
    }

    private protected IHost Host { get; }

    private protected (string OutputColumnName, string InputColumnName)[] ColumnPairs { get; }

    public abstract TTransformer Fit(IDataView input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(ColumnPairs.Select(pair => inputSchema.TryFindColumn(pair.InputColumnName, out var column)
            ? MakeShape(pair.OutputColumnName, column)
            : throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName)));
    }

    private protected abstract SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input);

    private protected DataViewSchema.Column[] FindInputs(DataViewSchema inputSchema) =>
        [.. ColumnPairs.Select(pair => inputSchema.GetColumnOrNull(pair.InputColumnName) ?? throw Host.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.InputColumnName))];
}
