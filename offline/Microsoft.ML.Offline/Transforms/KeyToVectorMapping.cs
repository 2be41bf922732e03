using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into indicator vectors, or (for vectors of keys) into counts.</summary>
public sealed class KeyToVectorMappingEstimator : OneToOneEstimatorBase<KeyToVectorMappingTransformer>
{
    private readonly bool outputCountVector;

    internal KeyToVectorMappingEstimator(IHostEnvironment env, bool outputCountVector, params InputOutputColumnPair[] columns)
        : base(env, columns) => this.outputCountVector = outputCountVector;

    public override KeyToVectorMappingTransformer Fit(IDataView input)
    {
        var transformer = new KeyToVectorMappingTransformer(Host, ColumnPairs, outputCountVector);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    private protected override SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input)
    {
        if (!input.IsKey)
        {
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, "key type", input.GetTypeString());
        }

        List<SchemaShape.Column> annotations = [];
        if (input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out var values) && values.ItemType is TextDataViewType)
        {
            annotations.Add(new SchemaShape.Column(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        }

        if (!outputCountVector || input.Kind == SchemaShape.Column.VectorKind.Scalar)
        {
            annotations.Add(SchemaShape.Create(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance));
        }

        return new SchemaShape.Column(outputName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false, new SchemaShape(annotations));
    }
}

public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToVectorTransform";

    private readonly bool outputCountVector;

    internal KeyToVectorMappingTransformer(IHostEnvironment env, (string OutputColumnName, string InputColumnName)[] columns, bool outputCountVector)
        : base(env.Register(nameof(KeyToVectorMappingTransformer)), columns) => this.outputCountVector = outputCountVector;

    private static VersionInfo Version => new("KEY2VECT", 1, 1, 1, typeof(KeyToVectorMappingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input)
    {
        var keyCount = input.Type.ItemType().KeyCount();
        Host.Check(keyCount > 0, $"Column '{input.Name}' must be a key type, but is {input.Type}.");
        Host.Check(input.Type.ValueCount() > 0, $"Column '{input.Name}' is a vector of unknown size.");
        var keys = input.Type.ValueCount();
        var isVector = input.Type is VectorDataViewType;
        var concatenated = isVector && !outputCountVector;
        var type = concatenated
            ? new VectorDataViewType(NumberDataViewType.Single, ((VectorDataViewType)input.Type).Dimensions.Add(keyCount))
            : new VectorDataViewType(NumberDataViewType.Single, keyCount);

        var annotations = new DataViewSchema.Annotations.Builder();
        if (input.HasKeyValues())
        {
            VBuffer<ReadOnlyMemory<char>> terms = default;
            input.GetKeyValues(ref terms);
            var names = concatenated
                ? new VBuffer<ReadOnlyMemory<char>>(type.Size, [.. SourceNames(input).SelectMany(source => terms.DenseValues().Select(term => $"{source}.{term}".AsMemory()))])
                : terms;
            annotations.Add(AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions), (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        }

        if (!outputCountVector || !isVector)
        {
            annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        }

        return MappedColumn.Computed(outputName, type, annotations.ToAnnotations(), [input.Index], row => MakeGetter(row, input, keys, keyCount, concatenated));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        SaveColumns(ctx, Version);
        ctx.Writer.Write(outputCountVector);
    }

    private static KeyToVectorMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, LoadColumns(ctx, Version), ctx.Reader.ReadBoolean());

    private static IEnumerable<string> SourceNames(DataViewSchema.Column input)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (input.HasSlotNames())
        {
            input.GetSlotNames(ref names);
        }

        return Enumerable.Range(0, input.Type.ValueCount()).Select(slot => names.Length > 0 && !names.GetItemOrDefault(slot).IsEmpty ? names.GetItemOrDefault(slot).ToString() : $"[{slot}]");
    }

    private static ValueGetter<VBuffer<float>> MakeGetter(DataViewRow row, DataViewSchema.Column input, int keys, int keyCount, bool concatenated)
    {
        // Keys out of range count as missing.
        var zeroBased = KeyGetter.Make(row, input, key => key <= (ulong)keyCount ? (int)key - 1 : -1);
        var vectorGetter = zeroBased as ValueGetter<VBuffer<int>>;
        var scalarGetter = zeroBased as ValueGetter<int>;
        VBuffer<int> source = default;
        var size = concatenated ? keys * keyCount : keyCount;
        return (ref VBuffer<float> value) =>
        {
            if (scalarGetter is not null)
            {
                var key = 0;
                scalarGetter(ref key);
                source = new VBuffer<int>(1, [key]);
            }
            else
            {
                vectorGetter!(ref source);
            }

            var counts = new SortedDictionary<int, float>();
            foreach (var (position, key) in source.Items(all: true))
            {
                if (key >= 0)
                {
                    var slot = concatenated ? (position * keyCount) + key : key;
                    counts[slot] = counts.GetValueOrDefault(slot) + 1;
                }
            }

            var editor = VBufferEditor.Create(ref value, size, counts.Count);
            var next = 0;
            foreach (var (slot, count) in counts)
            {
                editor.Values[next] = count;
                if (counts.Count < size)
                {
                    editor.Indices[next] = slot;
                }

                next++;
            }

            value = editor.Commit();
        };
    }
}
