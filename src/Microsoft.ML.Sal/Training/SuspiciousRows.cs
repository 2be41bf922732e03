using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Finds signs of a mistake in rows that can be learned from, and tells each kind in one line of the log: a label that is an identifier,
/// classes without weight or with one row, a header read as data, more features than rows.
/// </summary>
/// <param name="schema">The columns that are read.</param>
/// <param name="classCount">The number of classes.</param>
internal sealed class SuspiciousRows(RoleMappedSchema schema, int classCount)
{
    private const int FewestRowsOfIdentifiers = 10;

    private readonly long[] _read = new long[classCount]; // rows per class
    private readonly long[] _used = new long[classCount]; // those that are learned from
    private readonly long[] _weightless = new long[classCount]; // those that weigh 0
    private readonly HeaderRow _header = new(schema, classCount);

    /// <summary>Counts a row.</summary>
    /// <param name="classIndex">The row's class, from 0; negative if its label is missing.</param>
    /// <param name="features">The row's features.</param>
    /// <param name="isUsed">Whether the row is learned from.</param>
    /// <param name="weight">The row's weight.</param>
    /// <param name="position">The row's position, from 0.</param>
    public void Count(int classIndex, in FeatureVector features, bool isUsed, float weight, long position)
    {
        if (classIndex >= 0)
        {
            _read[classIndex]++;
            _used[classIndex] += isUsed ? 1 : 0;
            _weightless[classIndex] += weight == 0 ? 1 : 0;
        }

        _header.Look(classIndex, in features, position);
    }

    /// <summary>Writes what was found to the log.</summary>
    /// <param name="channel">The channel to log to.</param>
    /// <param name="rows">The rows that are learned from.</param>
    public void Report(IChannel channel, TrainingSet rows)
    {
        string label = schema.Label!.Value.Name, features = schema.Feature!.Value.Name;
        int? header = _header.FindClass(rows.ClassNames, _read);
        if (_header.Describe(rows.ClassNames, header) is { } description)
        {
            Warn(description);
        }

        int classesMet = _used.Count(used => used > 0);
        int[] single = [.. Classes(index => _used[index] == 1 && index != header)];
        if (rows.RowCount >= FewestRowsOfIdentifiers && 2 * classesMet > rows.RowCount)
        {
            Warn($"The label column '{label}' has {classesMet} classes in {rows.RowCount} rows: is '{label}' an identifier, or a number to "
                + "predict? Use the column that holds the class or, to predict a number, a regression trainer.");
        }
        else if (single.Length > 0)
        {
            string first = !_header.IsFirstRow(single) ? ""
                : $"{(single.Length == 1 ? "It" : "One of them")} is the first row of the data: is that a header? ";
            Warn($"{(single.Length == 1 ? "One class has" : $"{single.Length} classes have")} a single row in '{label}': "
                + $"{Names(single)}. {first}One row is too few to learn a class from and leaves none to test it with: add rows, or merge "
                + "or remove such classes.");
        }

        int[] weightless = [.. Classes(index => _used[index] == 0 && _weightless[index] > 0)];
        if (weightless.Length > 0)
        {
            bool isOne = weightless.Length == 1;
            Warn($"{(isOne ? "One class has" : $"{weightless.Length} classes have")} no row of a weight above 0 in "
                + $"'{schema.Weight!.Value.Name}', so nothing is learned about {(isOne ? "it" : "them")}: {Names(weightless)}. Correct the "
                + "weights, or remove these rows.");
        }

        // In sparse vectors, such as counts of words, more features than rows are usual.
        if (rows.FeatureCount > rows.RowCount && !rows.IsSparse)
        {
            Warn($"There are more features in '{features}' ({rows.FeatureCount}) than rows to learn from ({rows.RowCount}), so chance may "
                + "pass for a pattern. Keep fewer features (mlContext.Transforms.FeatureSelection) or add rows, and trust only metrics of "
                + "rows that were not trained on (CrossValidate).");
        }

        void Warn(string line) => channel.Warning(MessageSensitivity.Schema, line);
        string Names(int[] classes) => NameList.Join(classes.Length, index => LabelNames.Describe(rows.ClassNames, classes[index]));
    }

    private IEnumerable<int> Classes(Func<int, bool> condition) => Enumerable.Range(0, classCount).Where(condition);
}
