using System.Globalization;
using System.IO.Compression;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Tables;

/// <summary>
/// A table of numbers and categories whose last column is the class, with fixed splits. A cell of a category begins with <c>v</c>, and an
/// empty cell is missing.
/// </summary>
internal sealed class BenchmarkTable
{
    private const string Extension = ".csv.gz";

    private readonly string _folder;

    private BenchmarkTable(string folder, string name, List<TextRow> lines)
    {
        (_folder, Name, Header) = (folder, name, lines[0].Cells);
        Rows = [.. lines.Skip(1).Select(line => line.Cells)];
        IsCategory = [.. Enumerable.Range(0, Header.Length).Select(column => Rows.Any(row => row[column].StartsWith('v')))];
    }

    /// <summary>Gets the name of the file without its extension.</summary>
    public string Name { get; }

    /// <summary>Gets the names of the columns; the class comes last.</summary>
    public string[] Header { get; }

    /// <summary>Gets the cells of each row, column by column.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Gets whether a column holds categories.</summary>
    public IReadOnlyList<bool> IsCategory { get; }

    /// <summary>Gets the column of the class.</summary>
    public int ClassColumn => Header.Length - 1;

    /// <summary>Gets the columns that describe a row, which are all but the class.</summary>
    public IEnumerable<int> InputColumns => Enumerable.Range(0, ClassColumn);

    /// <summary>Gets the kinds of table that it belongs to, by which results are summed up.</summary>
    public IEnumerable<string> Kinds =>
    [
        "all",
        InputColumns.Any(column => IsCategory[column]) ? "with categories" : "numbers only",
        .. Rows.Any(row => row.AsSpan(0, ClassColumn).Contains("")) ? (string[])["with missing cells"] : [],
        Rows.Count < 2000 ? "below 2,000 rows" : "2,000 rows and more",
        .. Rows.Select(row => row[ClassColumn]).Distinct().Count() >= 9 ? (string[])["9 classes and more"] : [],
    ];

    /// <summary>Gets the names of the tables in a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder has no tables.</exception>
    public static string[] NamesIn(string folder)
    {
        string[] names =
        [
            .. Directory.EnumerateFiles(folder, "*" + Extension)
                .Select(path => Path.GetFileName(path)[..^Extension.Length])
                .Order(StringComparer.Ordinal),
        ];
        return names.Length > 0
            ? names
            : throw new InvalidDataException($"'{folder}' has no tables: no file whose name ends in {Extension}.");
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FileNotFoundException">There is no such table.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no rows, or one has another number of cells than the header, no class, or a cell that is neither a number nor a category.
    /// </exception>
    public static BenchmarkTable Read(string folder, string name)
    {
        string file = name + Extension;
        using var content = new MemoryStream();
        using (var stream = new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress))
        {
            stream.CopyTo(content);
        }

        List<TextRow> lines = TextTable.Read(file, content.ToArray(), ',');
        if (lines.Count < 2)
        {
            throw new InvalidDataException($"'{file}' has no rows.");
        }

        foreach (TextRow line in lines.Skip(1))
        {
            if (Problem(line.Cells, lines[0].Cells) is { } problem)
            {
                throw new InvalidDataException($"'{file}', line {line.Line}: {problem}.");
            }
        }

        return new BenchmarkTable(folder, name, lines);
    }

    private static string? Problem(string[] cells, string[] header)
    {
        if (cells.Length != header.Length)
        {
            return $"the row has {cells.Length} cells, but the header has {header.Length}";
        }

        int other = Array.FindIndex(cells[..^1], cell => cell is not ("" or ['v', ..]) && !float.TryParse(cell, CultureInfo.InvariantCulture, out _));
        return other >= 0 ? $"column '{header[other]}': '{cells[other]}' is neither a number nor a category, which begins with v"
            : cells[^1].Length == 0 ? "the class in the last cell is missing"
            : null;
    }

    /// <summary>Reads the rows to train on and to test on.</summary>
    /// <param name="split">The number of the split, from 1.</param>
    /// <exception cref="InvalidDataException">The file of the split holds something else than rows of the table.</exception>
    public RowSplit Split(int split)
    {
        string file = $"{Name}.seed{split}.txt";
        var test = new HashSet<int>();
        foreach (string line in File.ReadLines(Path.Combine(_folder, file)).Where(line => line.Length > 0))
        {
            if (!int.TryParse(line, out int row) || row < 0 || row >= Rows.Count || !test.Add(row))
            {
                throw new InvalidDataException($"'{file}' names the row '{line}'. Its lines must be different rows, 0 to {Rows.Count - 1}.");
            }
        }

        return new RowSplit([.. Enumerable.Range(0, Rows.Count).Except(test)], [.. test.Order()]);
    }
}
