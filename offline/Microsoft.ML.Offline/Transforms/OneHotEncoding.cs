using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the categories of a column and turns them into indicator vectors: a key mapping, then keys to vectors.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly IEstimator<ITransformer> steps;

    internal OneHotEncodingEstimator(
        IHostEnvironment env,
        InputOutputColumnPair[] columns,
        OutputKind outputKind,
        int maximumNumberOfKeys,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality,
        IDataView keyData)
    {
        var keys = new ValueToKeyMappingEstimator(env, columns, maximumNumberOfKeys, keyOrdinality, asText: true, keyData);
        InputOutputColumnPair[] inPlace = [.. columns.Select(column => new InputOutputColumnPair(column.OutputColumnName))];
        steps = outputKind switch
        {
            OutputKind.Key => keys,
            OutputKind.Indicator => keys.Append(new KeyToVectorMappingEstimator(env, false, inPlace)),
            OutputKind.Bag => keys.Append(new KeyToVectorMappingEstimator(env, true, inPlace)),
            _ => throw Contracts.ExceptNotSupp($"The offline stand-in of ML.NET has no one-hot encoding of kind {outputKind}."),
        };
    }

    public enum OutputKind : byte
    {
        /// <summary>Counts of the keys of a vector.</summary>
        Bag = 1,

        /// <summary>One indicator vector a key, one after the other.</summary>
        Indicator = 2,

        /// <summary>The keys themselves.</summary>
        Key = 3,

        /// <summary>The bits of the keys; not in the offline stand-in.</summary>
        Binary = 4,
    }

    public OneHotEncodingTransformer Fit(IDataView input) => new(steps.Fit(input));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => steps.GetOutputSchema(inputSchema);
}

public sealed class OneHotEncodingTransformer : ITransformer
{
    private readonly ITransformer steps;

    internal OneHotEncodingTransformer(ITransformer steps) => this.steps = steps;

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => steps.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => steps.Transform(input);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => steps.GetRowToRowMapper(inputSchema);

    /// <summary>Saved as the steps it consists of.</summary>
    void ICanSaveModel.Save(ModelSaveContext ctx) => steps.Save(ctx);
}
