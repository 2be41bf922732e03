using Microsoft.ML.Data;

namespace ScoringService.Models;

/// <summary>Specifies how the values of a column are given in JSON and stored.</summary>
internal enum InputKind
{
    /// <summary>Numbers, stored as <see cref="float"/>.</summary>
    Single,

    /// <summary>Other numbers, and true and false (1 and 0), stored as <see cref="double"/>, which is exact for all of them.</summary>
    Double,

    /// <summary>Texts.</summary>
    Text,
}

/// <summary>Represents an input column of a saved pipeline, and the position of its values in a <see cref="RequestRows"/>.</summary>
/// <param name="Name">The column's name in the pipeline and in JSON.</param>
/// <param name="Type">The column's type in the pipeline.</param>
/// <param name="Kind">How the values are stored.</param>
/// <param name="Offset">The index of the first value among a row's values of that kind.</param>
internal sealed record InputColumn(string Name, DataViewType Type, InputKind Kind, int Offset)
{
    /// <summary>Gets the number of values: 1, or the length of the vector.</summary>
    public int Size => Type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>Gets a value indicating whether JSON has an array of values instead of one value.</summary>
    public bool IsVector => Type is VectorDataViewType;

    /// <summary>Gets the type of a value.</summary>
    public PrimitiveDataViewType ItemType => ItemTypeOf(Type);

    /// <summary>Gets how values of a type are stored; null if JSON cannot represent them exactly.</summary>
    public static InputKind? KindOf(DataViewType type)
    {
        if (type is VectorDataViewType { IsKnownSize: false })
        {
            return null;
        }

        PrimitiveDataViewType item = ItemTypeOf(type);
        return item == NumberDataViewType.Single ? InputKind.Single
            : item is TextDataViewType ? InputKind.Text
            : item is BooleanDataViewType ? InputKind.Double
            : item is NumberDataViewType && item.RawType != typeof(long) && item.RawType != typeof(ulong) ? InputKind.Double
            : null;
    }

    private static PrimitiveDataViewType ItemTypeOf(DataViewType type) =>
        type is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)type;
}
