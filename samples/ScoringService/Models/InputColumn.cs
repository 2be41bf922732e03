using Microsoft.ML.Data;

namespace ScoringService.Models;

/// <summary>How the values of a column arrive in JSON and are kept.</summary>
internal enum InputKind
{
    /// <summary>Numbers, as <see cref="float"/>.</summary>
    Single,

    /// <summary>Numbers of other types, true and false (1 and 0), as <see cref="double"/>, which holds all of them exactly.</summary>
    Double,

    /// <summary>Texts.</summary>
    Text,
}

/// <summary>A column that a saved pipeline takes, and where its values are in a <see cref="RequestRows"/>.</summary>
/// <param name="Name">The column's name in the pipeline and in JSON.</param>
/// <param name="Type">Its type there.</param>
/// <param name="Kind">How its values are kept.</param>
/// <param name="Offset">Where its values start among a row's values of that kind.</param>
internal sealed record InputColumn(string Name, DataViewType Type, InputKind Kind, int Offset)
{
    /// <summary>Gets the number of values: 1, or the length of the vector.</summary>
    public int Size => Type is VectorDataViewType vector ? vector.Size : 1;

    /// <summary>Gets whether JSON has an array of values rather than one value.</summary>
    public bool IsVector => Type is VectorDataViewType;

    /// <summary>Gets the type of a value.</summary>
    public PrimitiveDataViewType ItemType => ItemTypeOf(Type);

    /// <summary>Gets how values of a type are kept; null if JSON cannot give them exactly.</summary>
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
