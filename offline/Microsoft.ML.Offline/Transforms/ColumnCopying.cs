using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingEstimator : OneToOneEstimatorBase<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment env, params InputOutputColumnPair[] columns)
        : base(env, columns)
    {
    }

    public override ColumnCopyingTransformer Fit(IDataView input)
    {
        FindInputs(input.Schema);
        return new ColumnCopyingTransformer(Host, ColumnPairs);
    }

    private protected override SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input) =>
        new(outputName, input.Kind, input.ItemType, input.IsKey, input.Annotations);
}

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, (string OutputColumnName, string InputColumnName)[] columns)
        : base(env.Register(nameof(ColumnCopyingTransformer)), columns)
    {
    }

    private static VersionInfo Version => new("COPYCOLT", 1, 1, 1, typeof(ColumnCopyingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input) =>
        MappedColumn.PassOn(input) with { Column = new DataViewSchema.DetachedColumn(outputName, input.Type, input.Annotations) };

    private protected override void SaveModel(ModelSaveContext ctx) => SaveColumns(ctx, Version);

    private static ColumnCopyingTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => new(env, LoadColumns(ctx, Version));
}
