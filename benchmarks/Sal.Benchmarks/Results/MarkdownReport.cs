using System.Globalization;
using System.Text;
using Sal.Benchmarks.Ablation;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Paper;

namespace Sal.Benchmarks.Results;

/// <summary>Writes docs/results.md: tables of what results files hold.</summary>
internal sealed class MarkdownReport(IReadOnlyList<Measurement> measurements, string? note = null)
{
    private static readonly string[] Large = [.. BenchmarkSets.All.Except(BenchmarkSets.Small)];

    private static readonly string[] Commands =
    [
        "accuracy --sets small --seeds 5 --json results.jsonl",
        "accuracy --sets mnist,fashion,cifar10,cifar10-grey --seeds 3 "
            + "--contenders sal-default,sal-tuned,backprop,backprop-smoothed --json results.jsonl",
        "paper --sets digits,semeion --seeds 5 --json results.jsonl",
        "paper --sets mnist,cifar10-grey --seeds 1 --json results.jsonl",
        "paper --part depth --sets semeion --seeds 5 --json results.jsonl",
        "ablation --sets letter --seeds 2 --json results.jsonl",
        "report --json results.jsonl --out docs/results.md --html results.html",
    ];

    private readonly StringBuilder _text = new();

    public string Write()
    {
        Introduction();
        if (note is not null)
        {
            Line("");
            Line(note);
        }

        Summary[] accuracy = Of("accuracy");
        AccuracySection("Accuracy", [.. accuracy.Where(s => !Large.Contains(s.Set))]);
        AccuracySection("Accuracy on the large sets", [.. accuracy.Where(s => Large.Contains(s.Set))]);
        PaperSection();
        PlainSection(
            "depth", "Depth", "64 tanh units a layer with residual connections, one area, AdamW 1e-3, batch 16, 20 epochs, dropout 0.1.");
        PlainSection("width", "Width", "Two layers, the paper's protocol.");
        AblationSection();
        return _text.ToString();
    }

    private void Introduction()
    {
        Line("# Results\n");
        Line("Generated from the lines of a results file; no figure here is typed:\n");
        Line("```");
        foreach (string arguments in Commands)
        {
            Line($"dotnet run -c Release --project benchmarks/Sal.Benchmarks -- {arguments}");
        }

        Line("```\n");
        Line("`--resume` takes up a series that was interrupted. The files are looked for in the folder of `--data` or of the variable "
            + "`SAL_DATA`, then");
        Line("fetched, and verified by checksum. A set or a peer that cannot be had is named and left out. Any table of numbers: "
            + "`-- accuracy --csv FILE --label-column NAME --header`.");
        Line("Without `--contenders` all of them run, ML.NET's trainers among them. The series of the");
        Line("large sets names its own: there the trees take minutes per training.\n");
        Line("Accuracies are means over seeds ± sample deviation, in per cent. "
            + "A seed draws the stratified 80/20 split of Digits, Semeion and");
        Line("Dry Bean; the other sets are split as published, and the seed is only the contender's.");
    }

    private Summary[] Of(string kind) => [.. Summary.Of(measurements.Where(m => m.Kind == kind))];

    private void AccuracySection(string title, Summary[] all)
    {
        if (all.Length == 0)
        {
            return;
        }

        string[] sets = InOrder(BenchmarkSets.All, all.Select(s => s.Set));
        string[] contenders = InOrder(ContenderList.All, all.Select(s => s.Contender));
        Summary?[][] grid = GridOf(all, sets, contenders);

        Heading(title);
        ExplainContenders(contenders);
        Line($"Seeds: {string.Join(", ", sets.Select(set => $"{set} {all.Where(s => s.Set == set).Max(s => s.Seeds)}"))}.");
        Line("");
        Grid("accuracy, %", sets, contenders, grid, Percent, row => Mean(row, s => 100 * s.MicroAccuracy, 2), "mean");
        Losses(sets, all);

        Heading("Macro accuracy, %", 3);
        Grid("", sets, contenders, grid, s => Number(100 * s.MacroAccuracy, 2), row => Mean(row, s => 100 * s.MacroAccuracy, 2), "mean");
        Heading("Log-loss, nats", 3);
        Grid("", sets, contenders, grid, s => Number(s.LogLoss, 3), row => Mean(row, s => s.LogLoss, 3), "mean");
        Heading("Seconds to train", 3);
        Line("An indication only: the machine had two cores, shared with other work, and the engine used both where "
            + "scikit-learn's trees used one.");
        Line("");
        Grid("", sets, contenders, grid, s => Number(s.TrainSeconds, 1), _ => "", null);
        Heading("Microseconds to score a row", 3);
        Line("The engine scores one row a call on one thread; the other libraries score all test rows in one call.");
        Line("");
        Grid("", sets, contenders, grid, s => Number(s.ScoreMicroseconds, 1), _ => "", null);
        Heading("Active / total parameters, thousands", 3);
        Grid("", sets, contenders, grid, Parameters, _ => "", null);
    }

    private void ExplainContenders(string[] contenders)
    {
        if (contenders is ["sal-default"])
        {
            return;
        }

        string rates = string.Join(", ", TunedContender.LearningRates.Select(rate => rate.ToString("0e-0", CultureInfo.InvariantCulture)));
        foreach ((string[] names, string words) in ((string[], string)[])
        [
            (["sal-default"], "the defaults, nothing tuned"),
            (["sal-k1", "sal-k8", "sal-k16"], "a fixed number of areas (8 is what the default comes to on these sets)"),
            (["sal-tuned"], $"the defaults, with the learning rate picked for each set from {rates} by the mean validation loss on "
                + "fifths of the training rows of the first three seeds (of the first, on the large sets). On Digits, Semeion and Dry Bean "
                + "other seeds test on some of those rows, for all contenders tuned alike"),
            (["backprop"], "backpropagation in the same engine, one area, with the same width, depth, epochs, schedule, dropout and weight "
                + "decay, tuned as `sal-tuned` is"),
            (["backprop-smoothed"], "the same with a label smoothing of 0.05"),
            (["backprop-k8"], "the same without smoothing, with SAL's router and areas"),
            (["direct-feedback", "local-fixed"], "the defaults with those rules"),
            (["mlp-sklearn"], "scikit-learn's MLPClassifier of the same shape, batch and epochs, Adam 1e-3, on standardized features"),
            (["histgb-sklearn"], "its HistGradientBoostingClassifier with defaults"),
            (["xgboost"], "XGBClassifier with defaults"),
            (["sdca-mlnet", "lbfgs-mlnet"], "ML.NET's SdcaMaximumEntropy and LbfgsMaximumEntropy with defaults, on standardized features"),
            (["fasttree-mlnet"], "ML.NET's OneVersusAll over FastTree, with defaults"),
            (["lightgbm-mlnet"], "ML.NET's LightGbm, with defaults"),
        ])
        {
            if (names.Any(contenders.Contains))
            {
                Line($"- {string.Join(", ", names.Where(contenders.Contains).Select(name => $"`{name}`"))}: {words}.");
            }
        }

        Line("");
    }

    // Says where the defaults are behind, in words that follow from the figures.
    private void Losses(string[] sets, Summary[] all)
    {
        if (all.All(s => s.Contender == "sal-default"))
        {
            return;
        }

        Heading("Where the defaults lose", 3);
        foreach (string set in sets)
        {
            if (all.FirstOrDefault(s => s.Set == set && s.Contender == "sal-default") is not { } own)
            {
                continue;
            }

            string[] ahead = [.. all
                .Where(s => IsRivalOf(own, s) && s.MicroAccuracy > own.MicroAccuracy)
                .OrderByDescending(s => s.MicroAccuracy)
                .Select(s => $"{s.Contender} by {Number(100 * (s.MicroAccuracy - own.MicroAccuracy), 2)}")];
            Line($"- {set}: " + (ahead.Length == 0 ? "to none of the others in accuracy" : "in accuracy to " + string.Join(", ", ahead))
                + LossSentence(own, all) + ".");
        }

        Line("");
    }

    private static bool IsRivalOf(Summary own, Summary other) =>
        other.Set == own.Set && other.Seeds == own.Seeds && !other.Contender.StartsWith("sal", StringComparison.Ordinal);

    private static string LossSentence(Summary own, Summary[] all)
    {
        string[] ahead = [.. all
            .Where(s => IsRivalOf(own, s) && s.LogLoss < own.LogLoss)
            .OrderBy(s => s.LogLoss)
            .Select(s => $"{s.Contender} ({Number(s.LogLoss, 3)})")];
        return ahead.Length == 0 ? "" : $"; in log-loss ({Number(own.LogLoss, 3)}) to {string.Join(", ", ahead)}";
    }

    private void PaperSection()
    {
        Summary[] all = Of("paper");
        if (all.Length == 0)
        {
            return;
        }

        Heading("The paper's protocol");
        string deviation = Number(PaperProtocol.FeedbackDeviation, 0);
        Line("Two layers of 256 ReLU units, areas in the first layer, plain SGD, learning rate 1e-4, batch 16, 25 epochs; grey images. "
            + "The rule is ours (local, aligned;");
        Line($"readouts start at zero; feedback starts with deviation {deviation}), so this is no replication. "
            + "The protocol ends training early, and with");
        Line("plain SGD that deviation sets the hidden layers' step: what SAL gains over backpropagation in it is largely a larger step. "
            + "The last column,");
        Line("the same network trained to its end by backpropagation (AdamW 1e-3, cosine, batch 64, 30 epochs), "
            + "is what either has to be measured against.");
        Line("");
        string[] contenders = [.. all.Select(s => s.Contender).Distinct()];
        Line($"| set | seeds | published backprop | published SAL-16 | {string.Join(" | ", contenders)} |");
        Line($"| --- | --- | --- | --- |{string.Concat(Enumerable.Repeat(" --- |", contenders.Length))}");
        foreach (IGrouping<string, Summary> set in all.GroupBy(s => s.Set))
        {
            (string backprop, string sal16) = PaperProtocol.Published.TryGetValue(set.Key, out (double Backprop, double Sal16) published)
                ? (Number(published.Backprop, 2), Number(published.Sal16, 2))
                : ("", "");
            IEnumerable<string> accuracies = contenders.Select(contender =>
                set.FirstOrDefault(s => s.Contender == contender) is { } summary ? Percent(summary) : "");
            Line($"| {ResultField.Cell(set.Key)} | {set.First().Seeds} | {backprop} | {sal16} | {string.Join(" | ", accuracies)} |");
        }

        Line("");
    }

    private void AblationSection()
    {
        Summary[] all = Of("ablation");
        if (all.Length == 0)
        {
            return;
        }

        Heading("Ablations");
        Line("The defaults with the options named changed, a table for each part.");
        foreach (AblationPart part in AblationPart.All)
        {
            Summary[] ofPart = [.. all.Where(s => s.Part == part.Name)];
            if (ofPart.Length > 0)
            {
                Heading(part.Title, 3);
                if (part.Note is not null)
                {
                    Line(part.Note);
                    Line("");
                }

                PlainTable(ofPart);
            }
        }
    }

    private void PlainSection(string kind, string title, string introduction)
    {
        Summary[] all = Of(kind);
        if (all.Length > 0)
        {
            Heading(title);
            Line(introduction);
            Line("");
            PlainTable(all);
        }
    }

    private void PlainTable(Summary[] all)
    {
        string[] sets = [.. all.Select(s => s.Set).Distinct()];
        string[] contenders = [.. all.Select(s => s.Contender).Distinct()];
        Summary?[][] grid = GridOf(all, sets, contenders);
        Grid("accuracy, %", sets, contenders, grid, s => $"{Percent(s)} ({s.Seeds} {(s.Seeds == 1 ? "seed" : "seeds")})", _ => "", null);
    }

    // Those that occur, the known ones first.
    private static string[] InOrder(IEnumerable<string> known, IEnumerable<string> occurring) =>
        [.. known.Intersect(occurring).Union(occurring)];

    // Contenders x sets; null where there is no result.
    private static Summary?[][] GridOf(Summary[] all, string[] sets, string[] contenders) =>
    [
        .. contenders.Select(contender =>
            sets.Select(set => all.FirstOrDefault(s => s.Set == set && s.Contender == contender)).ToArray()),
    ];

    private void Grid(
        string corner,
        string[] sets,
        string[] contenders,
        Summary?[][] grid,
        Func<Summary, string> cell,
        Func<Summary?[], string> lastCell,
        string? lastColumn)
    {
        string last = lastColumn is null ? "" : $" {lastColumn} |";
        Line($"| {corner} | {string.Join(" | ", sets.Select(ResultField.Cell))} |{last}");
        Line($"| --- |{string.Concat(Enumerable.Repeat(" --- |", sets.Length))}{(lastColumn is null ? "" : " --- |")}");
        foreach ((int row, string contender) in contenders.Index())
        {
            string end = lastColumn is null ? "" : $" {lastCell(grid[row])} |";
            Line($"| {contender} | {string.Join(" | ", grid[row].Select(s => s is null ? "" : cell(s)))} |{end}");
        }

        Line("");
    }

    // Puts one empty line before the heading, whatever came last.
    private void Heading(string text, int level = 2) =>
        _text.Append(_text.ToString().EndsWith("\n\n", StringComparison.Ordinal) ? "" : "\n")
            .Append($"{new string('#', level)} {text}\n\n");

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Percent(Summary s) =>
        Number(100 * s.MicroAccuracy, 2) + (s.Seeds == 1 ? "" : $" ± {Number(100 * s.Deviation, 2)}");

    private static string Parameters(Summary s) => s.Runs[0].ActiveParameters is { } active
        ? $"{Thousands(active)} / {Thousands(s.Runs[0].TotalParameters ?? active)}"
        : "";

    private static string Mean(Summary?[] row, Func<Summary, double> value, int digits) =>
        row.Contains(null) ? "" : Number(row.Average(s => value(s!)), digits);

    private static string Thousands(long count) => Number(count / 1000.0, count < 10_000 ? 1 : 0);

    private static string Number(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture);
}
