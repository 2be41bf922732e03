using Microsoft.ML;
using Microsoft.ML.Data;

namespace Quickstart.Tables;

/// <summary>Holds out a fifth of the rows of each class for the test.</summary>
internal sealed class TableSplit
{
    private readonly LabelColumn _label;

    public TableSplit(MLContext mlContext, LabelColumn label)
    {
        _label = label;
        IDataView rows = mlContext.Data.LoadFromEnumerable(
            label.Rows.Select((row, index) => new LabeledRow { Index = index, Class = row.Cells[label.Index] }));
        var split = mlContext.Data.StratifiedTrainTestSplit(rows, nameof(LabeledRow.Class), testFraction: 0.2);
        Training = Rows(split.TrainSet);
        Test = Rows(split.TestSet);
    }

    public IReadOnlyList<CsvRow> Training { get; }

    public IReadOnlyList<CsvRow> Test { get; }

    private CsvRow[] Rows(IDataView part) => [.. part.GetColumn<int>(nameof(LabeledRow.Index)).Select(index => _label.Rows[index])];

    private sealed class LabeledRow
    {
        public int Index { get; set; }

        public string Class { get; set; } = "";
    }
}
