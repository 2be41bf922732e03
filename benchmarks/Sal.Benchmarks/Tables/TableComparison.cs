using System.Globalization;
using Sal.Benchmarks.Results;
using Spectre.Console;

namespace Sal.Benchmarks.Tables;

/// <summary>Compares the first contender with each of the others, over all tables and by kind of table.</summary>
/// <param name="results">The results, one per table and contender.</param>
/// <param name="contenders">The contenders, in the order in which to show them.</param>
internal sealed class TableComparison(IReadOnlyList<(BenchmarkTable Table, Summary Summary)> results, IReadOnlyList<string> contenders)
{
    private const double Tie = 0.002; // in accuracy
    private const int WidthForAllContenders = 200;

    private readonly Dictionary<(string, string), Summary> _summaries =
        results.ToDictionary(result => (result.Table.Name, result.Summary.Contender), result => result.Summary);

    private List<BenchmarkTable> Tables => [.. results.Select(result => result.Table).Distinct()];

    /// <summary>Writes a table per kind of comparison, and one <c>result:</c> line per contender.</summary>
    public void Write(TableBorder border)
    {
        // Cells do not wrap if the output is no terminal.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, WidthForAllContenders);
        AnsiConsole.Write(Accuracies().Border(border));
        AnsiConsole.Write(Means().Border(border));
        AnsiConsole.Write(ErrorRatios().Border(border));
        foreach (string other in contenders.Skip(1))
        {
            (double ratio, int wins, int ties, int losses) = Compare(other, Tables);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"result: contender={other} error_ratio={ratio:F3} sets={Tables.Count} wins={wins} ties={ties} losses={losses}"));
        }
    }

    /// <summary>Compares the first contender with another one.</summary>
    /// <returns>The geometric mean of the ratios of their errors, and the tables won, tied and lost.</returns>
    public (double Ratio, int Wins, int Ties, int Losses) Compare(string other, IReadOnlyList<BenchmarkTable> tables)
    {
        double logarithms = 0;
        int wins = 0, losses = 0;
        foreach (BenchmarkTable table in tables)
        {
            double own = _summaries[(table.Name, contenders[0])].MicroAccuracy, others = _summaries[(table.Name, other)].MicroAccuracy;
            double least = LeastError(table);
            logarithms += Math.Log(Math.Max(1 - own, least) / Math.Max(1 - others, least));
            wins += own - others > Tie ? 1 : 0;
            losses += others - own > Tie ? 1 : 0;
        }

        return (Math.Exp(logarithms / tables.Count), wins, tables.Count - wins - losses, losses);
    }

    /// <summary>Gets the place of a contender on a table: 1 for the most accurate one, and the mean place for those that are equal.</summary>
    public double Rank(BenchmarkTable table, string contender)
    {
        double own = _summaries[(table.Name, contender)].MicroAccuracy;
        double[] all = [.. contenders.Select(other => _summaries[(table.Name, other)].MicroAccuracy)];
        return all.Count(accuracy => accuracy > own) + (all.Count(accuracy => accuracy == own) + 1) / 2.0;
    }

    private Table Accuracies()
    {
        var table = new Table().AddColumns(["micro accuracy, %", "rows", "classes", .. contenders.Select(Markup.Escape)]);
        foreach (BenchmarkTable t in Tables)
        {
            IEnumerable<string> cells = contenders.Select(contender =>
            {
                Summary summary = _summaries[(t.Name, contender)];
                return $"{Text(100 * summary.MicroAccuracy, "F2")} ± {Text(100 * summary.Deviation, "F2")}";
            });
            int classes = t.Rows.Select(row => row[t.ClassColumn]).Distinct().Count();
            table.AddRow([Markup.Escape(t.Name), Text(t.Rows.Count, "N0"), Text(classes, "N0"), .. cells]);
        }

        return table;
    }

    private Table Means()
    {
        var table = new Table().AddColumns(
            "mean over tables", "micro accuracy", "macro accuracy", "rank", "log-loss", "calibration error", "seconds to train",
            "µs to score");
        foreach (string contender in contenders)
        {
            Summary[] all = [.. Tables.Select(t => _summaries[(t.Name, contender)])];
            table.AddRow(
                Markup.Escape(contender),
                Text(all.Average(s => s.MicroAccuracy), "F4"),
                Text(all.Average(s => s.MacroAccuracy), "F4"),
                Text(Tables.Average(t => Rank(t, contender)), "F2"),
                Text(all.Average(s => s.LogLoss), "F3"),
                Text(all.Average(s => s.CalibrationError), "F3"),
                $"{Text(all.Average(s => s.TrainSeconds), "F2")} ({Text(Median(contender, s => s.TrainSeconds), "F2")} of {contenders[0]}'s)",
                $"{Text(all.Average(s => s.ScoreMicroseconds), "F1")} ({Text(Median(contender, s => s.ScoreMicroseconds), "F2")})");
        }

        return table;
    }

    private Table ErrorRatios()
    {
        string[] kinds = [.. Tables.SelectMany(t => t.Kinds).Distinct()];
        var table = new Table().AddColumn($"errors of {Markup.Escape(contenders[0])} / errors of").AddColumns(
            [.. kinds.Select(kind => $"{kind} ({Tables.Count(t => t.Kinds.Contains(kind))})")]);
        foreach (string other in contenders.Skip(1))
        {
            IEnumerable<string> cells = kinds.Select(kind =>
            {
                (double ratio, int wins, int ties, int losses) = Compare(other, [.. Tables.Where(t => t.Kinds.Contains(kind))]);
                return $"{Text(ratio, "F3")} {wins}/{ties}/{losses}";
            });
            table.AddRow([Markup.Escape(other), .. cells]);
        }

        return table;
    }

    // No error counts as half a test row of all splits together, so that ratios stay finite.
    private double LeastError(BenchmarkTable table)
    {
        int splits = _summaries[(table.Name, contenders[0])].Seeds;
        return 0.5 / Enumerable.Range(1, splits).Sum(split => table.Split(split).Test.Length);
    }

    // The median over tables of a contender's figure as a share of the first one's.
    private double Median(string contender, Func<Summary, double> figure)
    {
        double[] ratios =
        [
            .. Tables.Select(t => figure(_summaries[(t.Name, contender)]) / figure(_summaries[(t.Name, contenders[0])])).Order(),
        ];
        return (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
