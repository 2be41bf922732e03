using Sal.Core.Data;

namespace Sal.Benchmarks.Data;

/// <summary>The ten sets.</summary>
internal static class BenchmarkSets
{
    private static readonly Dictionary<string, Func<DataFiles, BenchmarkSet>> Readers = new()
    {
        ["digits"] = files => new("digits", Table(files.Read(PublishedFiles.Digits), ',', Last), InputScaling.PerFeature, TrainingRows: null),
        ["semeion"] = files => new("semeion", Semeion(files), InputScaling.Common, TrainingRows: null),
        ["pendigits"] = files => Published(
            "pendigits", Table(files.Read(PublishedFiles.PendigitsTraining), ',', Last), Table(files.Read(PublishedFiles.PendigitsTest), ',', Last), InputScaling.PerFeature),
        ["letter"] = files => new("letter", Table(files.Read(PublishedFiles.Letter), ',', labelColumn: 0), InputScaling.PerFeature, TrainingRows: 16_000),
        ["usps"] = files => Published(
            "usps", Table(files.Read(PublishedFiles.UspsTraining), ' ', labelColumn: 0), Table(files.Read(PublishedFiles.UspsTest), ' ', labelColumn: 0), InputScaling.Common),
        ["drybean"] = files => new("drybean", Table(files.Read(PublishedFiles.DryBean), ',', Last, linesToSkip: 1), InputScaling.PerFeature, TrainingRows: null),
        ["mnist"] = files => Images("mnist", files, PublishedFiles.Mnist),
        ["fashion"] = files => Images("fashion", files, PublishedFiles.FashionMnist),
        ["cifar10"] = files => CifarSet.Read("cifar10", files, isGrey: false),
        ["cifar10-grey"] = files => CifarSet.Read("cifar10-grey", files, isGrey: true),
    };

    private const int Last = -1;

    /// <summary>The names of all sets.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Readers.Keys];

    /// <summary>The six sets that train in seconds.</summary>
    public static IReadOnlyList<string> Small { get; } = ["digits", "semeion", "pendigits", "letter", "usps", "drybean"];

    /// <summary>Reads a set.</summary>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    /// <exception cref="FileNotFoundException">A file of it cannot be had.</exception>
    public static BenchmarkSet Read(string name, DataFiles files) => Readers.TryGetValue(name, out Func<DataFiles, BenchmarkSet>? read)
        ? read(files)
        : throw new ArgumentException($"There is no set '{name}'. The sets are {string.Join(", ", All)}.");

    private static LabelledRows Table(byte[] text, char separator, int labelColumn, int linesToSkip = 0)
    {
        using var reader = new StreamReader(new MemoryStream(text));
        List<TextLine> lines = DelimitedText.Read(reader, separator)[linesToSkip..];
        return new RowReader(labelColumn < 0 ? lines[0].Cells.Length + labelColumn : labelColumn).Read(lines);
    }

    // 256 pixels, then ten columns of which one is 1.
    private static LabelledRows Semeion(DataFiles files)
    {
        using var reader = new StreamReader(new MemoryStream(files.Read(PublishedFiles.Semeion)));
        List<TextLine> lines = DelimitedText.Read(reader, ' ');
        return new RowReader(256).Read([.. lines.Select(line => line with { Cells = [.. line.Cells[..256], $"{Array.IndexOf(line.Cells, "1", 256) - 256}"] })]);
    }

    private static BenchmarkSet Published(string name, LabelledRows training, LabelledRows test, InputScaling scaling) =>
        new(name, LabelledRows.Concat(training, test), scaling, training.Count);

    private static BenchmarkSet Images(string name, DataFiles files, DataFile[] parts)
    {
        byte[][] bytes = [.. parts.Select(files.Read)];
        return Published(name, IdxFile.Read(bytes[0], bytes[1], 10), IdxFile.Read(bytes[2], bytes[3], 10), InputScaling.Common);
    }
}
