using Microsoft.ML.Trainers.Sal;
using Sal.Reports.Charts;
using Sal.Reports.Pages;

namespace Sal.Reports.Sections;

/// <summary>The rows of each area, their Gini coefficient and the areas that no row uses.</summary>
internal static class AreaSection
{
    private const int MaximumNames = 20;

    public static string Render(SalMulticlassModelParameters model)
    {
        // The last epoch has another layout than the model if validation showed that an earlier one was better.
        if (model.History.Epochs.LastOrDefault(epoch => epoch.AreaLoads.Count == model.NumberOfAreas)?.AreaLoads is not { } loads)
        {
            return "";
        }

        if (loads.Count == 1)
        {
            return $"""
                <section>
                <h2>Areas</h2>
                <p>The model has one area, which all {Markup.Count(loads[0])} training rows use.</p>
                </section>
                """;
        }

        string rows = Markup.Count(loads.Sum(load => (long)load)), fewest = Markup.Count(loads.Min()), most = Markup.Count(loads.Max());
        string scale = """<span class="note">(0: all areas have the same; near 1: few areas have all the rows)</span>""";
        return $"""
            <section>
            <h2>Areas</h2>
            <p>{rows} training rows in {Markup.Count(loads.Count)} areas: {fewest} to {most} rows per area,
            Gini coefficient {Markup.Number(Gini(loads), "F3")} {scale}. {DeadAreas(loads)}</p>
            {AreaLoadChart.Render(loads)}
            </section>
            """;
    }

    /// <summary>Computes the Gini coefficient of the loads: 0 when all are the same, (K - 1) / K when one area has all rows.</summary>
    private static double Gini(IReadOnlyList<int> loads)
    {
        double total = loads.Sum(load => (double)load);
        if (total == 0)
        {
            return 0;
        }

        double weighted = loads.Order().Select((load, i) => (i + 1) * (double)load).Sum();
        return ((2 * weighted / total) - (loads.Count + 1)) / loads.Count;
    }

    private static string DeadAreas(IReadOnlyList<int> loads)
    {
        string[] dead = [.. loads.Index().Where(area => area.Item == 0).Select(area => Markup.Count(area.Index))];
        return dead.Length switch
        {
            0 => "No area is dead.",
            1 => $"Area {dead[0]} is dead: no row uses it.",
            _ => $"{Markup.Count(dead.Length)} areas are dead, that is, used by no row: {string.Join(", ", dead.Take(MaximumNames))}"
                + $"{(dead.Length > MaximumNames ? $" and {Markup.Count(dead.Length - MaximumNames)} more" : "")}.",
        };
    }
}
