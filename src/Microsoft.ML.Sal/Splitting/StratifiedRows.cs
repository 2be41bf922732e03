using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds the class and the sampling key of each row of a data view, which is read once, and splits the rows by them.</summary>
internal sealed class StratifiedRows
{
    private readonly IHostEnvironment _environment;
    private readonly IDataView _data;
    private readonly string _label;
    private readonly string? _samplingKey;
    private readonly List<int> _classes = [];
    private readonly List<int> _groups = [];
    private readonly IReadOnlyList<string> _classNames;
    private readonly int? _unlabeled;

    /// <summary>Reads the label and the sampling key of all rows.</summary>
    /// <param name="environment">The environment, for its log.</param>
    /// <param name="data">The rows.</param>
    /// <param name="label">The column that holds the class.</param>
    /// <param name="samplingKey">The column whose rows of one value stay together, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or does not hold one value per row.</exception>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public StratifiedRows(IHostEnvironment environment, IDataView data, string label, string? samplingKey)
    {
        (_environment, _data, _label, _samplingKey) = (environment, data, label, samplingKey);
        DataViewSchema.Column labelColumn = Find(label, "column to stratify by");
        DataViewSchema.Column? keyColumn = samplingKey is null ? null : Find(samplingKey, "sampling key column");
        using DataViewRowCursor cursor = data.GetRowCursor(keyColumn is { } key ? [labelColumn, key] : [labelColumn]);
        ColumnCodes labels = ColumnCodes.Create(cursor, labelColumn);
        ColumnCodes? keys = keyColumn is null ? null : ColumnCodes.Create(cursor, keyColumn.Value);
        while (cursor.MoveNext())
        {
            _classes.Add(labels.Read());
            if (keys is not null)
            {
                _groups.Add(keys.Read());
            }
        }

        _classNames = labels.GetNames();
        _unlabeled = labels.MissingCode;
        if (_classes.Count == 0)
        {
            throw new InvalidOperationException(
                "There are no rows to split. Check that the file has rows below its header and that no filter takes them all.");
        }
    }

    /// <summary>Holds out a fraction of the rows of each class.</summary>
    public (IDataView Training, IDataView Test) Split(double testFraction, int seed)
    {
        int[] parts = RowSampling.HoldOutStratified(_classes.ToArray(), _groups.ToArray(), testFraction, seed);
        if (!parts.Contains(1) || !parts.Contains(0))
        {
            throw new InvalidOperationException(
                $"The {_classes.Count} rows cannot be split by '{_label}'"
                + (_samplingKey is null
                    ? ": no class has two rows. Is the column an identifier or a quantity? TrainTestSplit splits without classes."
                    : $" and '{_samplingKey}': all rows would be in one part. The sampling key must have more values."));
        }

        bool[,] present = FindPresence(parts, 2);
        using IChannel channel = _environment.Start("StratifiedSplit");
        string reason = _samplingKey is null ? "one row cannot be in both sets" : $"rows with the same '{_samplingKey}' stay together";
        Warn(channel, Classes(c => !present[1, c]), names => $"The test set lacks the {names} of '{_label}': {reason}.");
        Warn(channel, Classes(c => !present[0, c]), names => $"The training set lacks the {names} of '{_label}': {reason}.");
        return (new RowSubset(_data, parts, 1, isShown: false), new RowSubset(_data, parts, 1, isShown: true));
    }

    /// <summary>Deals the rows to folds.</summary>
    public IEnumerable<(IDataView Training, IDataView Test)> Fold(int numberOfFolds, int seed)
    {
        int[] folds = RowSampling.DealStratified(_classes.ToArray(), _groups.ToArray(), numberOfFolds, seed);
        int used = folds.Distinct().Count();
        if (used < numberOfFolds)
        {
            string what = _samplingKey is null ? $"{_classes.Count} rows" : $"the values of '{_samplingKey}'";
            throw new InvalidOperationException(
                $"There are too few rows for {numberOfFolds} folds: {what} fill {used} of them. Set numberOfFolds to {used} or less.");
        }

        bool[,] present = FindPresence(folds, numberOfFolds);
        int FoldsOf(int c) => Enumerable.Range(0, numberOfFolds).Count(fold => present[fold, c]);
        using IChannel channel = _environment.Start("StratifiedSplit");
        string reason = _samplingKey is null ? "there are too few rows" : $"rows with the same '{_samplingKey}' stay together";
        Warn(
            channel,
            Classes(c => FoldsOf(c) == 1),
            names => $"Only one of the {numberOfFolds} folds has the {names} of '{_label}': {reason}. "
                + "Its model is tested on a class that it has not learned.");
        Warn(
            channel,
            Classes(c => FoldsOf(c) > 1 && FoldsOf(c) < numberOfFolds),
            names => $"Not all of the {numberOfFolds} folds have the {names} of '{_label}': {reason}. "
                + "The test sets without a class say nothing about it.");
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold => (
            (IDataView)new RowSubset(_data, folds, fold, isShown: false), (IDataView)new RowSubset(_data, folds, fold, isShown: true)))];
    }

    private DataViewSchema.Column Find(string name, string role)
    {
        DataViewSchema.Column column = _data.Schema.GetColumnOrNull(name) ?? throw Mismatch(
            $"There is no {role} '{name}'. The data has {NameList.Columns(_data.Schema.Select(other => other.Name))}.");
        return column.Type is PrimitiveDataViewType
            ? column
            : throw Mismatch($"The {role} '{name}' is {column.Type}, but must have one value per row: a key, text, number or Boolean.");
    }

    // The exception type that ML.NET's own trainers throw for a schema that does not fit.
    private static ArgumentOutOfRangeException Mismatch(string message) => new(paramName: null, message);

    private static void Warn(IChannel channel, IReadOnlyList<string> classes, Func<string, string> message)
    {
        if (classes.Count > 0)
        {
            string names = $"{(classes.Count == 1 ? "class" : "classes")} {NameList.Quote(classes)}";
            channel.Warning(MessageSensitivity.UserData, message(names));
        }
    }

    // Rows without a label are no class.
    private IReadOnlyList<string> Classes(Func<int, bool> condition) =>
        [.. Enumerable.Range(0, _classNames.Count).Where(c => c != _unlabeled && condition(c)).Select(c => _classNames[c])];

    private bool[,] FindPresence(int[] parts, int partCount)
    {
        bool[,] present = new bool[partCount, _classNames.Count];
        foreach ((int row, int part) in parts.Index())
        {
            present[part, _classes[row]] = true;
        }

        return present;
    }
}
