using Microsoft.ML.Trainers.Sal;
using Sal.Benchmarks.Ablation;

namespace Sal.Benchmarks.Results;

/// <summary>One page without references to others: charts of what results files hold, a section for each question.</summary>
internal sealed class HtmlReport(IReadOnlyList<Measurement> measurements, IReadOnlyList<History> histories)
{
    private const string Css =
        """
        :root { --s0: #1f6fd0; --s1: #c2570c; --s2: #2c7a3f; --s3: #7a3fb5; --s4: #5c5f66; --s5: #b02a5b; }
        @media (prefers-color-scheme: dark) { :root { --s0: #6fb0ff; --s1: #ff9d57; --s2: #6fcf86; --s3: #c19bff; --s4: #a3a7ae; --s5: #ff86b0; } }
        .c0 { --c: var(--s0) } .c1 { --c: var(--s1) } .c2 { --c: var(--s2) } .c3 { --c: var(--s3) } .c4 { --c: var(--s4) } .c5 { --c: var(--s5) }
        .series { stroke: var(--c) } .point { fill: var(--c) } .deviation { stroke: var(--c); stroke-width: 1.5 }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: .8rem; color: var(--soft); margin: 2px 0 0; padding: 0; list-style: none }
        .legend li::before { content: ""; display: inline-block; width: 14px; height: 3px; margin-right: 5px; vertical-align: middle; background: var(--c) }
        h3 { margin-top: 14px }
        """;

    private static readonly string[] CurvesOf = ["sal-default", "backprop", "backprop-smoothed"];

    public string Write() => PageFrame.Render(
        "SAL: results",
        "Accuracies are shares of the test rows, in per cent: means over seeds, and one sample deviation to either side. Point at a mark for its values.",
        [
            Section("Accuracy", "Blue: SAL. Orange: backpropagation. Grey: others.", Dots(Of("accuracy"))),
            Section("Accuracy against active parameters", "Parameters that a row uses: more areas do not add to them.", AgainstParameters()),
            Section("Accuracy against depth", "One area, tanh, residual connections.", Lines(Of("depth"), "hidden layers", s => s.Runs[0].Layers)),
            Section("The paper's protocol", "", Dots(Of("paper"))),
            Section("Ablations", "The defaults with the option named changed.", string.Concat(AblationPart.All.Select(Ablation))),
            Section("Learning curves", "Of the first seed. Training figures are taken as rows are met: before their update, and with dropout. The dashed line is the partition of SAL's rows.", Curves()),
            Section("Area loads", "Training rows of each area of the defaults, first seed.", Loads()),
        ],
        Css);

    private Summary[] Of(string kind) => [.. Summary.Of(measurements.Where(m => m.Kind == kind))];

    private static string Section(string title, string note, string content) => content.Length == 0 ? "" :
        $"""
        <section>
        <h2>{title}</h2>
        <p class="note">{note}</p>
        {(content.StartsWith("<h3>", StringComparison.Ordinal) ? content : Charts(content))}
        </section>
        """;

    private static string Charts(string content) => $"<div class=\"charts\">\n{content}</div>\n";

    private static string Dots(IEnumerable<Summary> all, bool isRanked = true) => string.Concat(all
        .GroupBy(s => s.Set)
        .Select(set => new DotChart(set.Key, [.. set.OrderByDescending(s => isRanked ? s.MicroAccuracy : 0)]).Render()));

    private string Ablation(AblationPart part)
    {
        string dots = Dots(Of("ablation").Where(s => s.Part == part.Name && s.Runs[0].Series is null), isRanked: false);
        return dots.Length == 0 ? "" : $"<h3>{Markup.Text(part.Title)}</h3>\n{Charts(dots)}";
    }

    private string AgainstParameters() =>
        Lines(Of("ablation"), "active parameters", s => s.Runs[0].ActiveParameters)
        + Lines(Of("width"), "active parameters", s => s.Runs[0].ActiveParameters, ", wide layers by the paper's protocol");

    private static string Lines(IEnumerable<Summary> all, string axis, Func<Summary, double?> x, string title = "") => string.Concat(all
        .Where(s => s.Runs[0].Series is not null && x(s) is not null)
        .GroupBy(s => s.Set)
        .Select(set => new SeriesChart(set.Key + title, axis, "accuracy, %")
        {
            Highest = 100,
            IsLogarithmic = true,
            Series =
            [
                .. set.GroupBy(s => s.Runs[0].Series!).Select(line => new ChartSeries(
                    line.Key, [.. line.OrderBy(s => x(s)).Select(s => new ChartPoint(x(s)!.Value, 100 * s.MicroAccuracy, 100 * s.Deviation))])),
            ],
        }.Render()));

    private string Curves() => string.Concat(histories.GroupBy(h => h.Set).Select(set =>
    {
        History[] known = [.. CurvesOf.Select(name => set.FirstOrDefault(h => h.Contender == name)).OfType<History>()];
        History[] drawn = known.Length > 0 ? known : [.. set.Take(CurvesOf.Length)];
        double? partition = drawn.FirstOrDefault(h => h.AreaLoads.Length > 1 && h.SharedEpochs > 0)?.SharedEpochs + 0.5;
        return Curve(set.Key + ": loss", "mean cross-entropy, nats", drawn, partition, h => h.TrainingLoss, h => h.ValidationLoss, factor: 1)
            + Curve(set.Key + ": accuracy", "share of rows, %", drawn, partition, h => h.TrainingAccuracy, h => h.ValidationAccuracy, factor: 100);
    }));

    private static string Curve(
        string title, string unit, History[] drawn, double? partition, Func<History, double[]> training, Func<History, double[]?> validation, double factor)
    {
        return new SeriesChart(title, "epoch", unit)
        {
            Boundary = partition,
            HasMarks = false,
            Series =
            [
                .. drawn.Select(h => Line(h.Contender + (drawn.Any(other => validation(other) is not null) ? ", training" : ""), training(h))),
                .. drawn.Where(h => validation(h) is not null).Select(h => Line(h.Contender + ", validation", validation(h)!)),
            ],
        }.Render();

        ChartSeries Line(string name, double[] values) => new(name, [.. values.Select((value, i) => new ChartPoint(i + 1, factor * value, 0))]);
    }

    private string Loads() => string.Concat(histories
        .Where(h => h.Contender == "sal-default" && h.AreaLoads.Length > 1)
        .Select(h => $"<figure>\n<figcaption>{Markup.Text(h.Set)}</figcaption>\n{AreaLoads.Chart(h.AreaLoads)}\n</figure>\n"));
}
