using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>One row as read: its position, its id, and the exact values of the columns read, by column index.</summary>
internal sealed record RowValues(long Position, DataViewRowId Id, IReadOnlyDictionary<int, string> Values);

/// <summary>Reads rows of data views and compares them bit for bit.</summary>
internal static class RowComparison
{
    /// <summary>Reads all rows.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">The active columns; none for all.</param>
    public static List<RowValues> ReadAll(IDataView view, params IReadOnlyList<DataViewSchema.Column> columns)
    {
        columns = columns.Count == 0 ? [.. view.Schema] : columns;
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Assert.AreSame(view.Schema, cursor.Schema);
        return ReadAll(cursor, columns);
    }

    /// <summary>Reads the rows of a cursor that is positioned before the first one.</summary>
    public static List<RowValues> ReadAll(DataViewRowCursor cursor, IReadOnlyList<DataViewSchema.Column> columns)
    {
        var reader = new RowTextReader(cursor, columns);
        List<RowValues> rows = [];
        while (cursor.MoveNext())
        {
            rows.Add(reader.Read());
        }

        return rows;
    }

    /// <summary>Compares the columns of two views; in the second one, all, every other, and single columns are active.</summary>
    public static void AreEqualWithAnyActiveColumns(IDataView expected, IDataView actual)
    {
        List<RowValues> all = ReadAll(expected);
        Assert.AreEqual(all.Count, all.Select(row => (row.Id.Low, row.Id.High)).Distinct().Count(), "Row ids repeat.");
        DataViewSchema.Column[] columns = [.. actual.Schema];
        AreEqual(all, ReadAll(actual));
        AreEqual(all, ReadAll(actual, [.. columns.Where(column => column.Index % 2 == 0)]));
        AreEqual(all, ReadAll(actual, [.. columns.Where(column => column.Index % 2 == 1)]));
        foreach (DataViewSchema.Column column in columns)
        {
            AreEqual(all, ReadAll(actual, column));
        }
    }

    /// <summary>Asserts that the rows and their order are the same, and that the values read are the expected ones.</summary>
    public static void AreEqual(IReadOnlyList<RowValues> expected, IReadOnlyList<RowValues> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Position, actual[i].Position);
            Assert.AreEqual((expected[i].Id.Low, expected[i].Id.High), (actual[i].Id.Low, actual[i].Id.High));
            foreach ((int column, string value) in actual[i].Values)
            {
                Assert.AreEqual(expected[i].Values[column], value, $"row {i}, column {column}");
            }
        }
    }
}
