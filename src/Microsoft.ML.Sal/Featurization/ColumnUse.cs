namespace Microsoft.ML.Trainers.Sal;

/// <summary>Specifies how a column of a table becomes features.</summary>
internal enum ColumnUse
{
    /// <summary>No feature.</summary>
    LeftOut,

    /// <summary>One feature: a number, a Boolean, or text that holds numbers.</summary>
    Number,

    /// <summary>One indicator per frequent value, and one for all others.</summary>
    Category,

    /// <summary>One indicator per value of a key.</summary>
    Key,

    /// <summary>Counts of words, pairs of words, and parts of words.</summary>
    Text,

    /// <summary>One feature per part of a point in time.</summary>
    Date,

    /// <summary>One feature per slot of a vector of numbers.</summary>
    Vector,
}
