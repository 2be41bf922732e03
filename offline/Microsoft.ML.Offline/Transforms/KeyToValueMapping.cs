using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys back into the values that their column's KeyValues annotation holds.</summary>
public sealed class KeyToValueMappingEstimator : OneToOneEstimatorBase<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment env, params InputOutputColumnPair[] columns)
        : base(env, columns)
    {
    }

    public override KeyToValueMappingTransformer Fit(IDataView input)
    {
        var transformer = new KeyToValueMappingTransformer(Host, ColumnPairs);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    private protected override SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input)
    {
        if (!input.IsKey || !input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out var values))
        {
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, input.IsKey ? "KeyType with KeyValues" : "KeyType", input.GetTypeString());
        }

        var slotNames = input.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.SlotNames);
        return new SchemaShape.Column(outputName, input.Kind, values.ItemType, values.IsKey, new SchemaShape(slotNames));
    }
}

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment env, (string OutputColumnName, string InputColumnName)[] columns)
        : base(env.Register(nameof(KeyToValueMappingTransformer)), columns)
    {
    }

    private static VersionInfo Version => new("KEY2VALT", 1, 1, 1, typeof(KeyToValueMappingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input)
    {
        var values = input.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type as VectorDataViewType;
        Host.Check(input.Type.ItemType() is KeyDataViewType && values is not null, $"Metadata KeyValues does not exist: column '{input.Name}' is not a key with values.");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return MappedColumn.Computed(
            outputName,
            input.Type.WithItemType(values!.ItemType),
            annotations.ToAnnotations(),
            [input.Index],
            row => (Delegate)GetterTypes.Call(typeof(KeyToValueMappingTransformer), nameof(MakeGetter), [values.ItemType.RawType], row, input));
    }

    private protected override void SaveModel(ModelSaveContext ctx) => SaveColumns(ctx, Version);

    private static KeyToValueMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx) => new(env, LoadColumns(ctx, Version));

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column input)
    {
        VBuffer<T> buffer = default;
        input.GetKeyValues(ref buffer);
        T[] values = [.. buffer.DenseValues()];
        var missing = MissingValue.Of<T>();
        return KeyGetter.Make(row, input, key => key > 0 && key <= (ulong)values.Length ? values[key - 1] : missing);
    }
}
