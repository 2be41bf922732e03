using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Converts numbers, booleans and text to Single, Double or String; other targets are left to the real package.</summary>
public sealed class TypeConvertingEstimator : OneToOneEstimatorBase<TypeConvertingTransformer>
{
    private readonly DataKind outputKind;

    internal TypeConvertingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, DataKind outputKind)
        : base(env, columns) => this.outputKind = outputKind;

    public override TypeConvertingTransformer Fit(IDataView input)
    {
        var transformer = new TypeConvertingTransformer(Host, ColumnPairs, outputKind);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    internal static PrimitiveDataViewType TargetOrNull(DataViewType item, bool isKey, DataKind kind) => isKey ? null : kind switch
    {
        DataKind.Single => NumberDataViewType.Single,
        DataKind.Double => NumberDataViewType.Double,
        DataKind.String => TextDataViewType.Instance,
        _ => null,
    };

    private protected override SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input)
    {
        var target = TargetOrNull(input.ItemType, input.IsKey, outputKind)
            ?? throw Host.ExceptParam("inputSchema", $"source column '{input.Name}' with item type '{input.GetTypeString()}' is not compatible with destination type '{outputKind}'");
        return new SchemaShape.Column(outputName, input.Kind, target, false, new SchemaShape(input.Annotations.Where(a => a.Name == AnnotationUtils.Kinds.SlotNames)));
    }
}

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ConvertTransform";

    private readonly DataKind outputKind;

    internal TypeConvertingTransformer(IHostEnvironment env, (string OutputColumnName, string InputColumnName)[] columns, DataKind outputKind)
        : base(env.Register(nameof(TypeConvertingTransformer)), columns) => this.outputKind = outputKind;

    private static VersionInfo Version => new("CONVERTT", 1, 1, 1, typeof(TypeConvertingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input)
    {
        var item = input.Type.ItemType();
        var target = TypeConvertingEstimator.TargetOrNull(item, item is KeyDataViewType, outputKind)
            ?? throw Host.ExceptParam("inputSchema", $"source column '{input.Name}' with item type '{item}' is not compatible with destination type '{outputKind}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return MappedColumn.Computed(
            outputName,
            input.Type.WithItemType(target),
            annotations.ToAnnotations(),
            [input.Index],
            row => (Delegate)GetterTypes.Call(typeof(TypeConvertingTransformer), nameof(MakeGetter), [item.RawType], row, input, target));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        SaveColumns(ctx, Version);
        ctx.Writer.Write((int)outputKind);
    }

    private static TypeConvertingTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, LoadColumns(ctx, Version), (DataKind)ctx.Reader.ReadInt32());

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column input, PrimitiveDataViewType target) =>
        target == NumberDataViewType.Single ? ItemGetter.Make<T, float>(row, input, value => value is float same ? same : (float)ToDouble(value))
        : target == NumberDataViewType.Double ? ItemGetter.Make<T, double>(row, input, ToDouble)
        : ItemGetter.Make<T, ReadOnlyMemory<char>>(row, input, value => ValueText.Of(value).AsMemory());

    private static double ToDouble<T>(T value) => value switch
    {
        ReadOnlyMemory<char> text => TextParser.ToDouble(text.Span),
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };
}
