namespace Quickstart.Tables;

/// <summary>Specifies how a column is treated.</summary>
internal enum ColumnKind
{
    /// <summary>The class to predict.</summary>
    Label,

    /// <summary>A number: one feature, which may be missing.</summary>
    Number,

    /// <summary>A point in time: one feature per part, such as the days and the month.</summary>
    Date,

    /// <summary>A category: one feature per value that is frequent in the training rows, and one for all others.</summary>
    Category,

    /// <summary>A text: features that count words and parts of words.</summary>
    Text,

    /// <summary>A column without features.</summary>
    LeftOut,
}
