namespace Microsoft.ML.Data;

/// <summary>The dictionary that a key mapping learnt: the n-th value, counted from 1, has key n.</summary>
internal abstract class TermMap(PrimitiveDataViewType itemType, bool asText)
{
    public PrimitiveDataViewType ItemType => itemType;

    /// <summary>Whether the key values are given as text, whatever their type.</summary>
    public bool AsText => asText;

    public abstract int Count { get; }

    /// <summary>Keys need at least one value, so an empty dictionary counts as one.</summary>
    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(Count, 1));

    public static TermMap Train(IDataView data, DataViewSchema.Column column, int maximum, bool sorted, bool asText) =>
        (TermMap)GetterTypes.Call(typeof(TermMap), nameof(TrainGeneric), [column.Type.ItemType().RawType], data, column, maximum, sorted, asText);

    public static TermMap Load(BinaryReader reader)
    {
        var type = (PrimitiveDataViewType)TypeCodec.Read(reader);
        return (TermMap)GetterTypes.Call(typeof(TermMap), nameof(LoadGeneric), [type.RawType], type, reader);
    }

    public abstract void Save(BinaryWriter writer);

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column input);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations);

    private static TermMap<T> TrainGeneric<T>(IDataView data, DataViewSchema.Column column, int maximum, bool sorted, bool asText)
    {
        var type = column.Type.ItemType();
        var isMissing = MissingValue.Test<T>(type);
        var seen = new HashSet<T>(ValueText.Equality<T>());
        var values = new List<T>();
        using var cursor = data.GetRowCursor([column]);
        var getter = column.Type is VectorDataViewType
            ? cursor.GetGetter<VBuffer<T>>(column)
            : AsVector(cursor.GetGetter<T>(column));
        VBuffer<T> row = default;
        while (cursor.MoveNext() && values.Count < maximum)
        {
            getter(ref row);
            foreach (var value in row.DenseValues())
            {
                if (!isMissing(value) && values.Count < maximum && seen.Add(value))
                {
                    values.Add(value);
                }
            }
        }

        if (sorted)
        {
            values.Sort(ValueText.Order<T>());
        }

        return new TermMap<T>(type, [.. values], asText);
    }

    private static ValueGetter<VBuffer<T>> AsVector<T>(ValueGetter<T> getter) => (ref VBuffer<T> vector) =>
    {
        T value = default;
        getter(ref value);
        vector = new VBuffer<T>(1, [value]);
    };

    private static TermMap<T> LoadGeneric<T>(PrimitiveDataViewType type, BinaryReader reader)
    {
        var asText = reader.ReadBoolean();
        var values = new T[reader.ReadCount()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (T)TypeCodec.ReadValue(reader, typeof(T));
        }

        return new TermMap<T>(type, values, asText);
    }
}

internal sealed class TermMap<T> : TermMap
{
    private readonly T[] values;
    private readonly Dictionary<T, uint> keyOf = new(ValueText.Equality<T>());

    public TermMap(PrimitiveDataViewType itemType, T[] values, bool asText)
        : base(itemType, asText)
    {
        this.values = values;
        for (var i = 0; i < values.Length; i++)
        {
            keyOf.Add(values[i], (uint)i + 1);
        }
    }

    public override int Count => values.Length;

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column input)
    {
        var isMissing = MissingValue.Test<T>(ItemType);
        return ItemGetter.Make<T, uint>(row, input, value => isMissing(value) ? 0 : keyOf.GetValueOrDefault(value));
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations)
    {
        if (Count == 0)
        {
            return;
        }

        if (AsText)
        {
            var names = new VBuffer<ReadOnlyMemory<char>>(Count, [.. values.Select(value => ValueText.Of(value).AsMemory())]);
            annotations.AddKeyValues(Count, TextDataViewType.Instance, (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        }
        else
        {
            var buffer = new VBuffer<T>(Count, values);
            annotations.AddKeyValues(Count, ItemType, (ref VBuffer<T> value) => buffer.CopyTo(ref value));
        }
    }

    public override void Save(BinaryWriter writer)
    {
        TypeCodec.Write(writer, ItemType);
        writer.Write(AsText);
        writer.Write(values.Length);
        foreach (var value in values)
        {
            TypeCodec.WriteValue(writer, value);
        }
    }
}
