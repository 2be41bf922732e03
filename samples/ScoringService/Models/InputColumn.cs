using Microsoft.ML.Data;

namespace ScoringService.Models;

/// <summary>How a column's values arrive in JSON and are kept.</summary>
internal enum InputKind
{
    /// <summary>Numbers, as <see cref="float"/>.</summary>
    Single,

    /// <summary>Numbers of another type, or true and false (1 and 0), as <see cref="double"/>, which holds them all exactly.</summary>
    Double,

    /// <summary>Texts.</summary>
    Text,
}

/// <summary>A column that a saved pipeline takes, and where its values are in an <see cref="InputRows"/>.</summary>
/// <param name="Name">The column's name in the pipeline and in JSON.</param>
/// <param name="Type">Its type there.</param>
/// <param name="Kind">How its values are kept.</param>
/// <param name="Offset">Where its values start among a row's values of that kind.</param>
internal sealed record InputColumn(string Name, DataViewType Type, InputKind Kind, int Offset)
{
    /// <summary>The number of values: 1, or the length of the vector.</summary>
    public int Size => Type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>Whether JSON has an array of values rather than one.</summary>
    public bool IsVector => Type is VectorDataViewType;

    /// <summary>The type of a value.</summary>
    public PrimitiveDataViewType ItemType => ItemTypeOf(Type);

    /// <summary>How values of a type are kept; null if they cannot be given in JSON exactly.</summary>
    public static InputKind? KindOf(DataViewType type)
    {
        if (type is VectorDataViewType { IsKnownSize: false })
        {
            return null;
        }

        PrimitiveDataViewType item = ItemTypeOf(type);
        return item == NumberDataViewType.Single ? InputKind.Single
            : item is TextDataViewType ? InputKind.Text
            : item is BooleanDataViewType || (item is NumberDataViewType && item.RawType != typeof(long) && item.RawType != typeof(ulong)) ? InputKind.Double
            : null;
    }

    private static PrimitiveDataViewType ItemTypeOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)type;
}
