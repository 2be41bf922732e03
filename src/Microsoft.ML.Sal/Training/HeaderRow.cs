using Microsoft.ML.Data;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Recognizes a header that was read as data. Its cell in the label column makes a class that no other row has; besides, its features are
/// not numbers, or one of its cells is the name of a column.
/// </summary>
internal sealed class HeaderRow
{
    private readonly RoleMappedSchema _schema;
    private readonly IReadOnlyList<string> _slots; // the names of the features
    private readonly (int Slot, string Name)[] _echoes; // features "Color.Color": indicators of a value that is its column's name
    private readonly long[] _unreadable; // rows per class whose features are not numbers
    private readonly Dictionary<int, string> _echoOf = []; // the column whose name the row of a class repeats
    private readonly long[] _position; // of the last row of a class
    private bool _firstIsEmpty; // neither a label nor a number
    private long _unlabeled;

    /// <param name="schema">The columns that are read.</param>
    /// <param name="classCount">The number of classes.</param>
    public HeaderRow(RoleMappedSchema schema, int classCount)
    {
        _schema = schema;
        _unreadable = new long[classCount];
        _position = new long[classCount];
        _slots = FeatureNames.Read(schema.Feature!.Value);
        _echoes =
        [
            .. _slots.Index()
                .Where(slot => slot.Item.Split('.') is [{ Length: > 0 } column, var value] && IsSame(column, value))
                .Select(slot => (slot.Index, slot.Item[..slot.Item.IndexOf('.', StringComparison.Ordinal)])),
        ];
    }

    /// <summary>Looks at a row.</summary>
    /// <param name="classIndex">The row's class, from 0; negative if its label is missing.</param>
    /// <param name="features">The row's features.</param>
    /// <param name="position">The row's position, from 0.</param>
    public void Look(int classIndex, in FeatureVector features, long position)
    {
        if (classIndex < 0)
        {
            _unlabeled++;
            _firstIsEmpty |= position == 0 && IsUnreadable(in features);
            return;
        }

        _position[classIndex] = position;
        if (IsUnreadable(in features))
        {
            _unreadable[classIndex]++;
        }

        foreach ((int slot, string name) in _echoes)
        {
            if (IsOneHot(in features, slot, name))
            {
                _echoOf[classIndex] = name;
            }
        }
    }

    /// <summary>Finds the class that a header made; null if there is none.</summary>
    /// <param name="names">The names of the classes, or null.</param>
    /// <param name="rowsPerClass">The number of rows read of each class.</param>
    public int? FindClass(IReadOnlyList<string>? names, long[] rowsPerClass)
    {
        for (int index = 0; index < rowsPerClass.Length; index++)
        {
            // Files that were joined have a header each.
            bool isUnreadable = _unreadable[index] > 0 && _unreadable[index] == rowsPerClass[index];
            bool isNamed = names is not null && IsColumn(names[index]);
            if (rowsPerClass[index] == 1 ? isUnreadable || isNamed || _echoOf.ContainsKey(index) : isUnreadable && isNamed)
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>Describes the header; null if there is none.</summary>
    /// <param name="names">The names of the classes, or null.</param>
    /// <param name="classIndex">The result of <see cref="FindClass"/>.</param>
    public string? Describe(IReadOnlyList<string>? names, int? classIndex)
    {
        if (classIndex is not { } found)
        {
            return _firstIsEmpty && _unlabeled == 1 ? Message(0, "it is the only row without a label, and its features are NaN") : null;
        }

        string name = LabelNames.Describe(names, found);
        string sign = names is not null && IsColumn(names[found]) ? $"its class {name} is the name of a column"
            : _unreadable[found] > 0 ? $"its features are NaN, and no other row has its class {name}"
            : $"the column '{_echoOf[found]}' holds its own name there, and no other row has its class {name}";
        return Message(_position[found], sign);
    }

    /// <summary>Gets whether the first row is the row of one of these classes, which have one row each.</summary>
    public bool IsFirstRow(int[] single) => single.Any(index => _position[index] == 0);

    private static string Message(long position, string sign) =>
        $"The row at position {position} (from 0) looks like a header that was read as data: {sign}. Set hasHeader to true where the file "
        + "is loaded.";

    // Indicators of categories or of missing values, 0 or 1, are numbers even in a header.
    private static bool IsUnreadable(in FeatureVector features)
    {
        bool hasNaN = false;
        foreach (float value in features.Values)
        {
            hasNaN |= float.IsNaN(value);
            if (!float.IsNaN(value) && value is not (0 or 1))
            {
                return false;
            }
        }

        return hasNaN;
    }

    // Of a bag of words, any word may be the column's name; of one-hot vectors, only the value itself.
    private bool IsOneHot(in FeatureVector features, int slot, string name)
    {
        if (ValueOf(in features, slot) != 1)
        {
            return false;
        }

        for (int other = 0; other < _slots.Count; other++)
        {
            if (other != slot && ValueOf(in features, other) != 0 && _slots[other].StartsWith($"{name}.", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static float ValueOf(in FeatureVector features, int slot)
    {
        int index = features.IsDense ? slot : features.Indices.BinarySearch(slot);
        return index < 0 ? 0 : features.Values[index];
    }

    private static bool IsSame(string name, string other) => string.Equals(name, other.Trim(), StringComparison.OrdinalIgnoreCase);

    private bool IsColumn(string name) => _schema.Schema.Any(column => IsSame(column.Name, name));
}
