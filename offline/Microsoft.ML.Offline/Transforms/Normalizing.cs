using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns an affine map (x - offset) * scale for every slot of its columns.</summary>
public sealed class NormalizingEstimator : OneToOneEstimatorBase<NormalizingTransformer>
{
    private readonly long maximumExampleCount;
    private readonly Func<SlotStatistics> makeStatistics;

    internal NormalizingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, long maximumExampleCount, Func<SlotStatistics> makeStatistics)
        : base(env, columns)
    {
        Host.CheckUserArg(maximumExampleCount > 1, nameof(maximumExampleCount), "Must be greater than 1");
        this.maximumExampleCount = maximumExampleCount;
        this.makeStatistics = makeStatistics;
    }

    public override NormalizingTransformer Fit(IDataView input)
    {
        var columns = FindInputs(input.Schema);
        foreach (var column in columns)
        {
            if (!IsSupported(column.Type))
            {
                throw Host.ExceptParam("srcType", $"Wrong column type for input column '{column.Name}'. Expected: Single, Double, Vector of Single or Vector of Double. Got: {column.Type}.");
            }
        }

        using var cursor = input.GetRowCursor(columns);
        var statistics = columns.Select(column => Enumerable.Range(0, column.Type.ValueCount()).Select(_ => makeStatistics()).ToArray()).ToArray();
        var getters = columns.Select(column => RealGetter.Make(cursor, column)).ToArray();
        VBuffer<double> row = default;
        for (long count = 0; count < maximumExampleCount && cursor.MoveNext(); count++)
        {
            for (var i = 0; i < getters.Length; i++)
            {
                getters[i](ref row);
                foreach (var (slot, value) in row.Items(all: true))
                {
                    statistics[i][slot].Add(value);
                }
            }
        }

        return new NormalizingTransformer(Host, ColumnPairs, [.. statistics.Select((slots, i) => slots.Select(slot => slot.ToScale(columns[i].Type.ItemType() == NumberDataViewType.Single)).ToArray())]);
    }

    internal static bool IsSupported(DataViewType type) =>
        type.ValueCount() > 0 && (type.ItemType() == NumberDataViewType.Single || type.ItemType() == NumberDataViewType.Double);

    private protected override SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input)
    {
        if (input.IsKey || input.Kind == SchemaShape.Column.VectorKind.VariableVector
            || (input.ItemType != NumberDataViewType.Single && input.ItemType != NumberDataViewType.Double))
        {
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, "vector or scalar of Single or Double", input.GetTypeString());
        }

        var annotations = new List<SchemaShape.Column> { SchemaShape.Create(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance) };
        annotations.AddRange(input.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.SlotNames));
        return new SchemaShape.Column(outputName, input.Kind, input.ItemType, false, new SchemaShape(annotations));
    }
}

public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";

    private readonly SlotScale[][] scales;

    internal NormalizingTransformer(IHostEnvironment env, (string OutputColumnName, string InputColumnName)[] columns, SlotScale[][] scales)
        : base(env.Register(nameof(NormalizingTransformer)), columns) => this.scales = scales;

    private static VersionInfo Version => new("NORMALZR", 1, 1, 1, typeof(NormalizingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input)
    {
        var slots = scales[index];
        if (!NormalizingEstimator.IsSupported(input.Type) || input.Type.ValueCount() != slots.Length)
        {
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, $"Single or Double with {slots.Length} slots", input.Type.ToString());
        }

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        annotations.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        return MappedColumn.Computed(outputName, input.Type, annotations.ToAnnotations(), [input.Index], row => MakeGetter(row, input, slots));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        SaveColumns(ctx, Version);
        foreach (var slots in scales)
        {
            ctx.Writer.Write(slots.Length);
            foreach (var slot in slots)
            {
                ctx.Writer.Write(slot.Offset);
                ctx.Writer.Write(slot.Scale);
            }
        }
    }

    private static NormalizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var columns = LoadColumns(ctx, Version);
        var scales = new SlotScale[columns.Length][];
        for (var i = 0; i < scales.Length; i++)
        {
            scales[i] = new SlotScale[ctx.Reader.ReadCount()];
            for (var slot = 0; slot < scales[i].Length; slot++)
            {
                scales[i][slot] = new SlotScale(ctx.Reader.ReadDouble(), ctx.Reader.ReadDouble());
            }
        }

        return new NormalizingTransformer(env, columns, scales);
    }

    private static Delegate MakeGetter(DataViewRow row, DataViewSchema.Column input, SlotScale[] slots)
    {
        if (input.Type.ItemType() == NumberDataViewType.Double)
        {
            return Make<double>(row, input, (value, slot) => slots[slot].Apply(value));
        }

        return Make<float>(row, input, (value, slot) => slots[slot].Apply(value));
    }

    private static Delegate Make<T>(DataViewRow row, DataViewSchema.Column input, Func<T, int, T> apply)
    {
        if (input.Type is not VectorDataViewType)
        {
            return ItemGetter.Make<T, T>(row, input, value => apply(value, 0));
        }

        var getter = row.GetGetter<VBuffer<T>>(input);
        VBuffer<T> source = default;
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            getter(ref source);
            source.CopyToDense(ref value);
            var editor = VBufferEditor.CreateFromBuffer(ref value);
            for (var slot = 0; slot < editor.Values.Length; slot++)
            {
                editor.Values[slot] = apply(editor.Values[slot], slot);
            }

            value = editor.Commit();
        });
    }
}
