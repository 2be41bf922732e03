namespace Quickstart.Tables;

/// <summary>Specifies how a column is treated.</summary>
internal enum ColumnKind
{
    /// <summary>The class to predict.</summary>
    Label,

    /// <summary>A number: one feature, and a second one that indicates where the number is missing.</summary>
    Number,

    /// <summary>A point in time: one feature, in days.</summary>
    Date,

    /// <summary>A category: one feature per value in the training rows.</summary>
    Category,

    /// <summary>A text: features that count words and parts of words.</summary>
    Text,

    /// <summary>A column without features.</summary>
    LeftOut,
}
