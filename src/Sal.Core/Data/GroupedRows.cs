namespace Sal.Core.Data;

/// <summary>Holds the classes of rows, ordered by groups of rows that must stay together.</summary>
internal sealed class GroupedRows
{
    private readonly int[] _starts; // where the rows of each group start; one more than groups
    private readonly int[] _rows;   // the rows, group after group

    /// <param name="classes">The class of each row, from 0.</param>
    /// <param name="groups">The group of each row, from 0; empty if each row is a group of its own.</param>
    public GroupedRows(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups)
    {
        Classes = classes.ToArray();
        _rows = [.. Enumerable.Range(0, classes.Length)];
        if (groups.IsEmpty)
        {
            _starts = [.. Enumerable.Range(0, classes.Length + 1)];
            return;
        }

        int[] groupOfRow = groups.ToArray();
        _starts = new int[groupOfRow.Max() + 2];
        foreach (int group in groupOfRow)
        {
            _starts[group + 1]++;
        }

        for (int group = 1; group < _starts.Length; group++)
        {
            _starts[group] += _starts[group - 1];
        }

        // A stable sort: rows of one group keep their order.
        _rows = [.. _rows.OrderBy(row => groupOfRow[row])];
    }

    public int[] Classes { get; }

    public int GroupCount => _starts.Length - 1;

    public ReadOnlySpan<int> RowsOf(int group) => _rows.AsSpan(_starts[group]..(_starts[group + 1]));
}
