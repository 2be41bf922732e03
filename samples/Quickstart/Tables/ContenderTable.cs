using System.Globalization;
using Spectre.Console;

namespace Quickstart.Tables;

/// <summary>Shows how the trainers did on the test rows, next to the constant answer that needs no training.</summary>
internal static class ContenderTable
{
    // A wider confusion matrix appears in the report only.
    private const int MostPrintedClasses = 12;

    public static void Show(IReadOnlyList<Contender> contenders, LabelColumn label, TableSplit split)
    {
        if (label.Classes.Count <= MostPrintedClasses)
        {
            Console.WriteLine(contenders[0].Metrics.ConfusionMatrix.GetFormattedConfusionTable());
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Trainer", "Micro acc.", "Macro acc.", "Log-loss", "Seconds");
        foreach (Contender contender in contenders)
        {
            table.AddRow(
                contender.Trainer,
                Figure(contender.Metrics.MicroAccuracy, "F4"),
                Figure(contender.Metrics.MacroAccuracy, "F4"),
                Figure(contender.Metrics.LogLoss, "F4"),
                Figure(contender.Seconds, "F1"));
        }

        double largestClass = split.Test.CountBy(row => row.Cells[label.Index]).Max(count => count.Value) / (double)split.Test.Count;
        table.AddRow("(always the largest class)", Figure(largestClass, "F4"), Figure(1.0 / label.Classes.Count, "F4"), "", "");
        AnsiConsole.Write(table);
    }

    private static string Figure(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
