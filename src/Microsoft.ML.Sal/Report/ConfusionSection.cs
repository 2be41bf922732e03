using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The confusion matrix as a shaded table; of very many classes, the most frequent confusions instead.</summary>
internal static class ConfusionSection
{
    private const int MostClasses = 100;
    private const int MostPairs = 40;
    private const int ManyClasses = 12;
    private const int LongestName = 24;

    public static string Render(MulticlassClassificationMetrics? metrics)
    {
        if (metrics?.ConfusionMatrix is not { } matrix)
        {
            return "";
        }

        string[] names = [.. matrix.PredictedClassesIndicators.Select(name => name.ToString())];
        return $"""
            <section>
            <h2>Confusion matrix</h2>
            {(matrix.NumberOfClasses <= MostClasses ? Table(matrix, names) : Pairs(matrix, names))}
            </section>
            """;
    }

    private static string Table(ConfusionMatrix matrix, string[] names)
    {
        bool isTurned = names.Max(name => name.Length) > (names.Length <= 4 ? 12 : 4);
        var head = new StringBuilder();
        foreach (string name in names)
        {
            string shown = Markup.Cut(name, LongestName);
            head.Append($"""<th scope="col" title="{Markup.Text(name)}">{(isTurned ? $"<div class=\"turned\">{shown}</div>" : shown)}</th>""");
        }

        var body = new StringBuilder();
        for (int actual = 0; actual < names.Length; actual++)
        {
            IReadOnlyList<double> counts = matrix.Counts[actual];
            double rows = counts.Sum();
            body.Append($"""<tr><th scope="row" title="{Markup.Text(names[actual])}">{Markup.Cut(names[actual], LongestName)}</th>""");
            for (int predicted = 0; predicted < names.Length; predicted++)
            {
                body.Append(Cell(counts[predicted], rows, actual == predicted, names[actual], names[predicted]));
            }

            body.AppendLine($"""<td class="sum">{Markup.Percent(matrix.PerClassRecall[actual])}</td></tr>""");
        }

        string precision = string.Concat(matrix.PerClassPrecision.Select(value => $"<td>{Markup.Number(100 * value, "0.#")}</td>"));
        return $"""
            <p class="note">Rows by actual class (down) and predicted class (across). Shade: share of the actual class's rows; misses are shaded more strongly.</p>
            <div class="scroll">
            <table class="confusion{(names.Length > ManyClasses ? " small" : "")}">
            <thead><tr><th class="axis-name">actual \ predicted</th>{head}<th scope="col" class="sum">recall</th></tr></thead>
            <tbody>
            {body}</tbody>
            <tfoot><tr><th scope="row">precision, %</th>{precision}<td class="sum"></td></tr></tfoot>
            </table>
            </div>
            """;
    }

    private static string Cell(double count, double rows, bool isHit, string actual, string predicted)
    {
        if (count == 0)
        {
            return """<td class="none">·</td>""";
        }

        // Square root: a miss of one in a hundred is to be seen.
        double share = count / rows;
        double shade = isHit ? 0.08 + (0.5 * share) : 0.12 + (0.5 * Math.Sqrt(share));
        string title = $"{Markup.Count(count)} of {Markup.Count(rows)} rows of {Markup.Text(actual)} ({Markup.Percent(share)}) predicted {Markup.Text(predicted)}";
        return $"""<td class="{(isHit ? "hit" : "miss")}" style="--s:{Markup.Place(shade)}" title="{title}">{Markup.Count(count)}</td>""";
    }

    private static string Pairs(ConfusionMatrix matrix, string[] names)
    {
        var pairs = Enumerable.Range(0, names.Length)
            .SelectMany(actual => Enumerable.Range(0, names.Length).Where(predicted => predicted != actual)
                .Select(predicted => (Actual: actual, Predicted: predicted, Count: matrix.Counts[actual][predicted])))
            .Where(pair => pair.Count > 0)
            .OrderByDescending(pair => pair.Count)
            .Take(MostPairs);
        var body = new StringBuilder();
        foreach ((int actual, int predicted, double count) in pairs)
        {
            body.AppendLine(
                $"""<tr><td class="name">{Markup.Text(names[actual])}</td><td class="name">{Markup.Text(names[predicted])}</td><td>{Markup.Count(count)}</td><td>{Markup.Percent(count / matrix.Counts[actual].Sum())}</td></tr>""");
        }

        return $"""
            <p class="note">{Markup.Count(names.Length)} classes are too many for a table. These are the most frequent confusions.</p>
            <div class="scroll">
            <table class="list">
            <thead><tr><th class="name" scope="col">actual</th><th class="name" scope="col">predicted</th><th scope="col">rows</th><th scope="col">of the actual class</th></tr></thead>
            <tbody>
            {body}</tbody>
            </table>
            </div>
            """;
    }
}
