using Sal.Core.Data;

namespace Sal.Benchmarks.Data;

/// <summary>The ten published sets.</summary>
internal static class BenchmarkSets
{
    private static readonly Dictionary<string, Func<DataFiles, BenchmarkSet>> Readers = new()
    {
        ["digits"] = files => Drawn("digits", Table(files, PublishedFiles.Digits, ',', Last), InputScaling.PerFeature),
        ["semeion"] = files => Drawn("semeion", Semeion(files), InputScaling.Common),
        ["pendigits"] = files => Published(
            "pendigits",
            Table(files, PublishedFiles.PendigitsTraining, ',', Last),
            Table(files, PublishedFiles.PendigitsTest, ',', Last),
            InputScaling.PerFeature),
        ["letter"] = files => Drawn("letter", Table(files, PublishedFiles.Letter, ',', labelColumn: 0), InputScaling.PerFeature) with
        {
            TrainingRows = 16_000,
        },
        ["usps"] = files => Published(
            "usps",
            Table(files, PublishedFiles.UspsTraining, ' ', labelColumn: 0),
            Table(files, PublishedFiles.UspsTest, ' ', labelColumn: 0),
            InputScaling.Common),
        ["drybean"] = files => Drawn("drybean", Table(files, PublishedFiles.DryBean, ',', Last, hasHeader: true), InputScaling.PerFeature),
        ["mnist"] = files => Images("mnist", files, PublishedFiles.Mnist),
        ["fashion"] = files => Images("fashion", files, PublishedFiles.FashionMnist),
        ["cifar10"] = files => CifarSet.Read("cifar10", files, isGray: false),
        ["cifar10-grey"] = files => CifarSet.Read("cifar10-grey", files, isGray: true),
    };

    private const int Last = -1;

    /// <summary>Gets the names of all sets.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Readers.Keys];

    /// <summary>Gets the names of the six sets that train in seconds.</summary>
    public static IReadOnlyList<string> Small { get; } = ["digits", "semeion", "pendigits", "letter", "usps", "drybean"];

    /// <summary>Reads a set.</summary>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    /// <exception cref="FileNotFoundException">One of its files is not available.</exception>
    public static BenchmarkSet Read(string name, DataFiles files) => Readers.TryGetValue(name, out Func<DataFiles, BenchmarkSet>? read)
        ? read(files)
        : throw new ArgumentException($"There is no set '{name}'. The sets are {string.Join(", ", All)}.");

    private static LabeledRows Table(DataFiles files, DataFile file, char separator, int labelColumn, bool hasHeader = false)
    {
        List<TextRow> rows = TextTable.Read(file.Name, files.Read(file), separator);
        int column = labelColumn < 0 ? rows[0].Cells.Length + labelColumn : labelColumn;
        return new LabeledRowReader(file.Name, column).Read(hasHeader ? rows[1..] : rows);
    }

    // 256 pixels, then ten columns, one of which is 1.
    private static LabeledRows Semeion(DataFiles files)
    {
        const int Pixels = 256;
        List<TextRow> rows = TextTable.Read(PublishedFiles.Semeion.Name, files.Read(PublishedFiles.Semeion), ' ');
        return new LabeledRowReader(PublishedFiles.Semeion.Name, labelColumn: Pixels).Read(
            [.. rows.Select(row => row with { Cells = [.. row.Cells[..Pixels], $"{Array.IndexOf(row.Cells, "1", Pixels) - Pixels}"] })]);
    }

    private static BenchmarkSet Drawn(string name, LabeledRows rows, InputScaling scaling) => new(name, rows, scaling, TrainingRows: null);

    private static BenchmarkSet Published(string name, LabeledRows training, LabeledRows test, InputScaling scaling) =>
        new(name, LabeledRows.Concat(training, test), scaling, training.Count);

    private static BenchmarkSet Images(string name, DataFiles files, DataFile[] parts)
    {
        byte[][] bytes = [.. parts.Select(files.Read)];
        return Published(name, IdxFile.Read(bytes[0], bytes[1], 10), IdxFile.Read(bytes[2], bytes[3], 10), InputScaling.Common);
    }
}
