using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns which values a column has, and turns them into keys.</summary>
public sealed class ValueToKeyMappingEstimator : OneToOneEstimatorBase<ValueToKeyMappingTransformer>
{
    private readonly int maximumNumberOfKeys;
    private readonly KeyOrdinality keyOrdinality;
    private readonly bool asText;
    private readonly IDataView keyData;

    internal ValueToKeyMappingEstimator(
        IHostEnvironment env, InputOutputColumnPair[] columns, int maximumNumberOfKeys, KeyOrdinality keyOrdinality, bool asText, IDataView keyData)
        : base(env, columns)
    {
        Host.CheckUserArg(maximumNumberOfKeys > 0, nameof(maximumNumberOfKeys), "must be positive");
        Host.CheckUserArg(keyData is null || keyData.Schema.Count == 1, nameof(keyData), "must have exactly one column");
        this.maximumNumberOfKeys = maximumNumberOfKeys;
        this.keyOrdinality = keyOrdinality;
        this.asText = asText;
        this.keyData = keyData;
    }

    /// <summary>The order of the keys.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>By first occurrence in the data.</summary>
        ByOccurrence = 0,

        /// <summary>Sorted by value.</summary>
        ByValue = 1,
    }

    public override ValueToKeyMappingTransformer Fit(IDataView input)
    {
        var maps = FindInputs(input.Schema).Select(column =>
        {
            var source = keyData?.Schema[0] ?? column;
            Host.CheckUserArg(source.Type.ItemType().Equals(column.Type.ItemType()), nameof(keyData), $"must have the type of column '{column.Name}', {column.Type.ItemType()}");
            return TermMap.Train(keyData ?? input, source, maximumNumberOfKeys, keyOrdinality == KeyOrdinality.ByValue, asText);
        });
        return new ValueToKeyMappingTransformer(Host, ColumnPairs, [.. maps]);
    }

    private protected override SchemaShape.Column MakeShape(string outputName, SchemaShape.Column input)
    {
        List<SchemaShape.Column> annotations =
            [new(AnnotationUtils.Kinds.KeyValues, SchemaShape.Column.VectorKind.Vector, asText ? TextDataViewType.Instance : input.ItemType, !asText && input.IsKey)];
        if (input.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out var slotNames))
        {
            annotations.Add(slotNames);
        }

        return new SchemaShape.Column(outputName, input.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private readonly TermMap[] maps;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, (string OutputColumnName, string InputColumnName)[] columns, TermMap[] maps)
        : base(env.Register(nameof(ValueToKeyMappingTransformer)), columns) => this.maps = maps;

    private static VersionInfo Version => new("TERMTRNF", 1, 1, 1, typeof(ValueToKeyMappingTransformer).Assembly.FullName, LoaderSignature);

    private protected override MappedColumn MakeColumn(int index, string outputName, DataViewSchema.Column input)
    {
        var map = maps[index];
        Host.Check(
            input.Type.ItemType().RawType == map.ItemType.RawType,
            $"Could not apply a map over type '{map.ItemType}' to column '{outputName}' since it has type '{input.Type}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        if (input.HasSlotNames())
        {
            annotations.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        }

        map.AddKeyValues(annotations);
        return MappedColumn.Computed(outputName, input.Type.WithItemType(map.KeyType), annotations.ToAnnotations(), [input.Index], row => map.MakeGetter(row, input));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        SaveColumns(ctx, Version);
        Array.ForEach(maps, map => map.Save(ctx.Writer));
    }

    private static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var columns = LoadColumns(ctx, Version);
        var maps = new TermMap[columns.Length];
        for (var i = 0; i < maps.Length; i++)
        {
            maps[i] = TermMap.Load(ctx.Reader);
        }

        return new ValueToKeyMappingTransformer(env, columns, maps);
    }
}
