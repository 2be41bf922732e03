using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>A vector of primitive items; size 0 means that rows differ in length.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : this(itemType, ImmutableArray.Create(CheckedSize(size)))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, ImmutableArray.Create(dimensions))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        if (dimensions.IsDefaultOrEmpty || dimensions.Any(d => d < 0))
        {
            throw new ArgumentOutOfRangeException(nameof(dimensions), "A vector has at least one dimension, and none is negative.");
        }

        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (product, d) => checked(product * d));
    }

    public PrimitiveDataViewType ItemType { get; }

    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The number of slots, or 0 when rows differ in length.</summary>
    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType other) =>
        other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    public override bool Equals(object obj) => obj is DataViewType other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(ItemType, Size);

    public override string ToString() =>
        Dimensions.Length == 1 && Size == 0
            ? $"Vector<{ItemType}>"
            : $"Vector<{ItemType}, {string.Join(", ", Dimensions.Select(d => d > 0 ? d.ToString(System.Globalization.CultureInfo.InvariantCulture) : "*"))}>";

    private static int CheckedSize(int size) =>
        size >= 0 ? size : throw new ArgumentOutOfRangeException(nameof(size), size, "The size of a vector is 0 (unknown) or more.");
}
