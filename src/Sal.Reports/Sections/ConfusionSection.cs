using System.Text;
using Microsoft.ML.Data;
using Sal.Reports.Pages;

namespace Sal.Reports.Sections;

/// <summary>The confusion matrix as a shaded table; of very many classes, the most frequent confusions instead.</summary>
internal static class ConfusionSection
{
    private const int MaximumClasses = 100;
    private const int MaximumPairs = 40;
    private const int MaximumLargeCells = 12;
    private const int MaximumNameLength = 24;

    /// <param name="matrix">The matrix, or null for a page without one.</param>
    /// <param name="classes">The classes of the matrix; null for a page without one.</param>
    public static string Render(ConfusionMatrix? matrix, EvaluatedClasses? classes)
    {
        if (matrix is null || classes is null)
        {
            return "";
        }

        IReadOnlyList<string> names = [.. classes.Names.Select(ShownNames.Spell)];
        string doubt = classes.Doubt is null ? "" : $"""<p class="note">{Markup.Text(classes.Doubt)}</p>""";
        return $"""
            <section>
            <h2>Confusion matrix</h2>
            {doubt}
            {(names.Count <= MaximumClasses ? Table(matrix, names) : Pairs(matrix, names))}
            </section>
            """;
    }

    private static string Table(ConfusionMatrix matrix, IReadOnlyList<string> names)
    {
        bool isTurned = names.Max(name => name.Length) > (names.Count <= 4 ? 12 : 4);
        string[] shown = ShownNames.Cut(names, MaximumNameLength);
        var head = new StringBuilder();
        foreach ((int index, string name) in names.Index())
        {
            string content = isTurned ? $"""<div class="turned">{shown[index]}</div>""" : shown[index];
            head.Append($"""<th scope="col" title="{Markup.Text(name)}">{content}</th>""");
        }

        var body = new StringBuilder();
        for (int actual = 0; actual < names.Count; actual++)
        {
            IReadOnlyList<double> counts = matrix.Counts[actual];
            double rows = counts.Sum();
            body.Append($"""<tr><th scope="row" title="{Markup.Text(names[actual])}">{shown[actual]}</th>""");
            for (int predicted = 0; predicted < names.Count; predicted++)
            {
                body.Append(Cell(counts[predicted], rows, actual == predicted, names[actual], names[predicted]));
            }

            body.AppendLine($"""<td class="sum">{Markup.Percent(matrix.PerClassRecall[actual])}</td></tr>""");
        }

        string note = "Rows by actual class (down) and predicted class (across). "
            + "Shade: share of the actual class's rows; misses are shaded more strongly.";
        string precision = string.Concat(matrix.PerClassPrecision.Select(value => $"<td>{Markup.Number(100 * value, "0.#")}</td>"));
        return $"""
            <p class="note">{note}</p>
            <div class="scroll">
            <table class="confusion{(names.Count > MaximumLargeCells ? " small" : "")}">
            <thead><tr><th class="axis-name">actual \ predicted</th>{head}<th scope="col" class="sum">recall</th></tr></thead>
            <tbody>
            {body}</tbody>
            <tfoot><tr><th scope="row">precision, %</th>{precision}<td class="sum"></td></tr></tfoot>
            </table>
            </div>
            """;
    }

    private static string Cell(double count, double rows, bool isCorrect, string actual, string predicted)
    {
        if (count == 0)
        {
            return """<td class="none">·</td>""";
        }

        // Square root: one miss in a hundred rows must still be visible.
        double share = count / rows;
        double shade = isCorrect ? 0.08 + (0.5 * share) : 0.12 + (0.5 * Math.Sqrt(share));
        string rowsOfActual = $"{Markup.Count(count)} of {Markup.Count(rows)} rows of {Markup.Text(actual)} ({Markup.Percent(share)})";
        string attributes = $"""class="{(isCorrect ? "hit" : "miss")}" style="--s:{Markup.Coordinate(shade)}" """;
        return $"""<td {attributes}title="{rowsOfActual} predicted {Markup.Text(predicted)}">{Markup.Count(count)}</td>""";
    }

    private static string Pairs(ConfusionMatrix matrix, IReadOnlyList<string> names)
    {
        var pairs = Enumerable.Range(0, names.Count)
            .SelectMany(actual => Enumerable.Range(0, names.Count).Where(predicted => predicted != actual)
                .Select(predicted => (Actual: actual, Predicted: predicted, Count: matrix.Counts[actual][predicted])))
            .Where(pair => pair.Count > 0)
            .OrderByDescending(pair => pair.Count)
            .Take(MaximumPairs);
        var body = new StringBuilder();
        foreach ((int actual, int predicted, double count) in pairs)
        {
            body.Append($"""<tr><td class="name">{Markup.Text(names[actual])}</td><td class="name">{Markup.Text(names[predicted])}</td>""");
            body.AppendLine($"""<td>{Markup.Count(count)}</td><td>{Markup.Percent(count / matrix.Counts[actual].Sum())}</td></tr>""");
        }

        string head = """<th class="name" scope="col">actual</th><th class="name" scope="col">predicted</th><th scope="col">rows</th>"""
            + """<th scope="col">of the actual class</th>""";
        return $"""
            <p class="note">{Markup.Count(names.Count)} classes are too many for a table. These are the most frequent confusions.</p>
            <div class="scroll">
            <table class="list">
            <thead><tr>{head}</tr></thead>
            <tbody>
            {body}</tbody>
            </table>
            </div>
            """;
    }
}
