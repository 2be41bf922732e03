using Sal.Benchmarks.Ablation;
using Sal.Reports.Charts;
using Sal.Reports.Pages;

namespace Sal.Benchmarks.Results;

/// <summary>One self-contained page: charts of what results files hold, with a section for each question.</summary>
internal sealed class HtmlReport(IReadOnlyList<Measurement> measurements, IReadOnlyList<History> histories)
{
    private static readonly string[] CurvesOf = ["sal-default", "backprop", "backprop-smoothed"];
    private static readonly ValueAxis MeanAccuracy = ValueAxis.Accuracy with { Name = "accuracy, %" };

    public string Write() => PageFrame.Render(
        "SAL: results",
        "Accuracies are shares of the test rows, in percent: means over seeds, and one sample deviation to either side. "
        + "Point at a mark for its values.",
        [
            Section("Accuracy", "Blue: SAL. Orange: backpropagation. Gray: others.", Dots(Of("accuracy"))),
            Section(
                "Accuracy against active parameters",
                "Parameters that a row uses: more areas do not add to them.",
                AgainstParameters()),
            Section(
                "Accuracy against depth",
                "One area, tanh, residual connections.",
                Lines(Of("depth"), "hidden layers", s => s.Runs[0].Layers)),
            Section("The paper's protocol", "", Dots(Of("paper"))),
            Section("Ablations", "The defaults with the named option changed.", string.Concat(AblationPart.All.Select(Ablation))),
            Section(
                "Learning curves",
                "Of the first seed. Training figures are measured as rows are processed: before the update, and with dropout. "
                + "The dashed line is the partition of SAL's rows.",
                Curves()),
            Section("Area loads", "Training rows of each area of the defaults, first seed.", Loads()),
        ],
        NumberedColors.Css + "\nh3 { margin-top: 14px }");

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
        .Select(set => new DotChart(set.Key, [.. set.OrderByDescending(s => isRanked ? s.MicroAccuracy : 0)]).Render() + "\n"));

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
        .Select(set => Chart(
            set.Key + title, new HorizontalAxis(axis, IsLogarithmic: true), MeanAccuracy,
            set.GroupBy(s => s.Runs[0].Series!).Select(line => (
                line.Key,
                line.OrderBy(s => x(s)).Select(s => new ChartPoint(x(s)!.Value, s.MicroAccuracy, s.Deviation)))))));

    private string Curves() => string.Concat(histories.GroupBy(h => h.Set).Select(set =>
    {
        History[] known = [.. CurvesOf.Select(name => set.FirstOrDefault(h => h.Contender == name)).OfType<History>()];
        History[] drawn = known.Length > 0 ? known : [.. set.Take(CurvesOf.Length)];
        return Curve(set.Key + ": loss", ValueAxis.Loss, drawn, h => h.TrainingLoss, h => h.ValidationLoss)
            + Curve(set.Key + ": accuracy", ValueAxis.Accuracy, drawn, h => h.TrainingAccuracy, h => h.ValidationAccuracy);
    }));

    private static string Curve(
        string title, ValueAxis axis, History[] drawn, Func<History, double[]> training, Func<History, double[]?> validation)
    {
        double? partition = drawn.FirstOrDefault(h => h.AreaLoads.Length > 1 && h.SharedEpochs > 0)?.SharedEpochs + 0.5;
        string trainingName = drawn.Any(h => validation(h) is not null) ? ", training" : "";
        return Chart(
            title, HorizontalAxis.Epoch, axis,
            [
                .. drawn.Select(h => (h.Contender + trainingName, Points(training(h)))),
                .. drawn.Where(h => validation(h) is not null).Select(h => (h.Contender + ", validation", Points(validation(h)!))),
            ],
            partition);

        static IEnumerable<ChartPoint> Points(double[] values) => values.Select((value, i) => new ChartPoint(i + 1, value));
    }

    private static string Chart(
        string title,
        HorizontalAxis xAxis,
        ValueAxis yAxis,
        IEnumerable<(string Name, IEnumerable<ChartPoint> Points)> lines,
        double? phaseBoundary = null) =>
        new LineChart(title, xAxis, yAxis)
        {
            HasLegend = true,
            PhaseBoundary = phaseBoundary,
            Series = [.. lines.Select((line, i) => new LineSeries(line.Name, NumberedColors.Style(i), [.. line.Points]))],
        }.Render() + "\n";

    private string Loads() => string.Concat(histories
        .Where(h => h.Contender == "sal-default" && h.AreaLoads.Length > 1)
        .Select(h => ChartFrame.Figure(h.Set, AreaLoadChart.Render(h.AreaLoads)) + "\n"));
}
