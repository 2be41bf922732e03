namespace Quickstart.Tables;

/// <summary>Holds out a fifth of the rows of each class for the test, drawn at random with a fixed seed.</summary>
internal sealed class StratifiedSplit
{
    private const int Parts = 5;

    public StratifiedSplit(LabelColumn label)
    {
        var random = new Random(1);
        var heldOut = new HashSet<CsvRow>();
        foreach (CsvRow[] rows in label.RowsByClass)
        {
            CsvRow[] shuffled = [.. rows];
            random.Shuffle(shuffled);
            heldOut.UnionWith(shuffled.Take((int)Math.Round(shuffled.Length / (double)Parts, MidpointRounding.AwayFromZero)));
        }

        Test = [.. label.Rows.Where(heldOut.Contains)];
        Training = [.. label.Rows.Where(row => !heldOut.Contains(row))];
        if (Test.Count == 0)
        {
            throw new UserErrorException(
                $"There are {label.Rows.Count} rows for {label.Classes.Count} classes: too few to hold out a fifth. "
                + "A class needs at least three rows.");
        }
    }

    public IReadOnlyList<CsvRow> Training { get; }

    public IReadOnlyList<CsvRow> Test { get; }
}
