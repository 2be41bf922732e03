namespace Quickstart.Tables;

/// <summary>What a column is taken as.</summary>
internal enum ColumnKind
{
    /// <summary>The class to predict.</summary>
    Label,

    /// <summary>One feature, and one more that says where the number is missing.</summary>
    Number,

    /// <summary>A point in time: one feature, in days.</summary>
    Date,

    /// <summary>One feature per value that training has seen.</summary>
    Category,

    /// <summary>Features that count words and parts of words.</summary>
    Text,

    /// <summary>Not a feature.</summary>
    LeftOut,
}
