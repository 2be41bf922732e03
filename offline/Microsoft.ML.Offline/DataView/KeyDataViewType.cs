namespace Microsoft.ML.Data;

/// <summary>A category: 0 is "missing", and 1 to <see cref="Count"/> are the categories.</summary>
public sealed class KeyDataViewType : PrimitiveDataViewType
{
    public KeyDataViewType(Type type, ulong count)
        : base(type)
    {
        if (!IsValidDataType(type))
        {
            throw new ArgumentOutOfRangeException(nameof(type), $"Keys are of type Byte, UInt16, UInt32 or UInt64, not {type}.");
        }

        if (count == 0 || count > MaxCount(type))
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A key of type {type.Name} has 1 to {MaxCount(type)} values.");
        }

        Count = count;
    }

    public KeyDataViewType(Type type, int count)
        : this(type, count > 0 ? (ulong)count : 0)
    {
    }

    /// <summary>The number of categories.</summary>
    public ulong Count { get; }

    public static bool IsValidDataType(Type type) =>
        type == typeof(byte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong);

    public override bool Equals(DataViewType other) => other is KeyDataViewType key && key.RawType == RawType && key.Count == Count;

    public override bool Equals(object obj) => obj is DataViewType other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(RawType, Count);

    public override string ToString() => $"Key<{RawType.Name}, 0-{Count - 1}>";

    private static ulong MaxCount(Type type) =>
        type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue;
}
