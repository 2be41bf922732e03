using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A fitted step: turns one view into another.</summary>
public interface ITransformer : ICanSaveModel
{
    /// <summary>Whether rows are mapped one by one, so that a single row can be predicted.</summary>
    bool IsRowToRowMapper { get; }

    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    IDataView Transform(IDataView input);

    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}

/// <summary>A step that is fitted to data.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);

    /// <summary>Tells, and checks, the shape of the output without data.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

public interface IPredictionTransformer<out TModel> : ITransformer
    where TModel : class
{
    TModel Model { get; }
}

public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel>
    where TModel : class
{
    string FeatureColumnName { get; }

    DataViewType FeatureColumnType { get; }
}
