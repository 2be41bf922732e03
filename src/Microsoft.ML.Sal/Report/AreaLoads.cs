using System.Text;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The rows of each area as bars, with their Gini coefficient and the areas that no row uses.</summary>
internal static class AreaLoads
{
    private const int MostBars = 64;
    private const int MostNames = 20;
    private const double WidestBar = 48;
    private const double Width = 360;
    private const double Height = 200;
    private const double Left = 42;
    private const double Right = Width - 8;
    private const double Top = 26;
    private const double Bottom = Height - 38;

    public static string Render(SalMulticlassModelParameters model)
    {
        // The last epoch is of another layout than the model when validation showed that an earlier one was better.
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

        int[] dead = [.. Enumerable.Range(0, loads.Count).Where(area => loads[area] == 0)];
        return $"""
            <section>
            <h2>Areas</h2>
            <p>{Markup.Count(loads.Sum(load => (long)load))} training rows in {Markup.Count(loads.Count)} areas: {Markup.Count(loads.Min())} to {Markup.Count(loads.Max())} rows an area,
            Gini coefficient {Markup.Number(Gini(loads), "F3")} <span class="note">(0: all the same; towards 1: few areas have all rows)</span>. {Dead(dead)}</p>
            {Chart(loads)}
            </section>
            """;
    }

    /// <summary>The Gini coefficient of the loads: 0 when all are the same, (K - 1) / K when one area has all rows.</summary>
    public static double Gini(IReadOnlyList<int> loads)
    {
        double total = loads.Sum(load => (double)load);
        if (total == 0)
        {
            return 0;
        }

        double weighted = loads.Order().Select((load, i) => (i + 1) * (double)load).Sum();
        return ((2 * weighted / total) - (loads.Count + 1)) / loads.Count;
    }

    private static string Dead(int[] dead) => dead.Length switch
    {
        0 => "No area is dead.",
        1 => $"Area {Markup.Count(dead[0])} is dead: no row uses it.",
        _ => $"{Markup.Count(dead.Length)} areas are dead, that is, used by no row: {string.Join(", ", dead.Take(MostNames).Select(area => Markup.Count(area)))}"
            + $"{(dead.Length > MostNames ? $" and {Markup.Count(dead.Length - MostNames)} more" : "")}.",
    };

    /// <summary>The bars alone.</summary>
    public static string Chart(IReadOnlyList<int> loads)
    {
        Bar[] bars = Bars(loads);
        IReadOnlyList<double> ticks = AxisTicks.Around(0, bars.Max(bar => bar.Rows), most: 4);
        var svg = new StringBuilder();
        foreach (double value in ticks)
        {
            string y = Markup.Place(Y(value));
            svg.AppendLine($"""<line class="grid" x1="{Left}" x2="{Markup.Place(Right)}" y1="{y}" y2="{y}"/><text x="{Left - 6}" y="{y}" dy=".35em" text-anchor="end">{Markup.Number(value, "#,0.##")}</text>""");
        }

        double pitch = (Right - Left) / bars.Length;
        double width = Math.Min(pitch * 0.8, WidestBar);
        int labelEvery = Math.Max(1, (int)Math.Ceiling(24 / pitch));
        for (int i = 0; i < bars.Length; i++)
        {
            Bar bar = bars[i];
            double x = Left + (i * pitch);
            string centre = Markup.Place(x + (pitch / 2));
            svg.AppendLine(
                $"""<rect class="bar" x="{Markup.Place(x + ((pitch - width) / 2))}" width="{Markup.Place(width)}" y="{Markup.Place(Y(bar.Rows))}" height="{Markup.Place(Bottom - Y(bar.Rows))}"><title>{bar.Title}</title></rect>""");
            if (bar.Rows == 0)
            {
                svg.AppendLine($"""<text class="dead" x="{centre}" y="{Markup.Place(Bottom - 4)}" text-anchor="middle">×<title>{bar.Title}</title></text>""");
            }

            if (bar.Name.Length > 0 && i % labelEvery == 0)
            {
                svg.AppendLine($"""<text x="{centre}" y="{Markup.Place(Bottom + 16)}" text-anchor="middle">{bar.Name}</text>""");
            }
        }

        double mean = loads.Average();
        string axis = bars.Length == loads.Count ? "area" : $"areas by load, {Markup.Count(Size(loads))} to a bar";
        svg.AppendLine($"""<line class="mean" x1="{Left}" x2="{Markup.Place(Right)}" y1="{Markup.Place(Y(mean))}" y2="{Markup.Place(Y(mean))}"><title>Mean: {Markup.Number(mean, "#,0.#")} rows</title></line>""");
        svg.AppendLine($"""<text x="0" y="12">training rows (dashed: the mean, {Markup.Number(mean, "#,0.#")})</text>""");
        svg.AppendLine($"""<line class="axis" x1="{Left}" x2="{Markup.Place(Right)}" y1="{Markup.Place(Bottom)}" y2="{Markup.Place(Bottom)}"/>""");
        svg.AppendLine($"""<text x="{Markup.Place((Left + Right) / 2)}" y="{Markup.Place(Height - 6)}" text-anchor="middle">{axis}</text>""");
        return $"""
            <svg viewBox="0 0 {Markup.Place(Width)} {Markup.Place(Height)}" role="img" aria-label="Training rows of each area">
            {svg}</svg>
            """;

        double Y(double rows) => Bottom - ((Bottom - Top) * rows / ticks[^1]);
    }

    /// <summary>A bar an area; or, where those would be too thin, a bar for areas of about the same load.</summary>
    private static Bar[] Bars(IReadOnlyList<int> loads)
    {
        if (loads.Count <= MostBars)
        {
            return [.. loads.Select((load, area) => new Bar(Markup.Count(area), load, $"Area {Markup.Count(area)}: {Markup.Count(load)} rows"))];
        }

        return
        [
            .. loads.OrderDescending().Chunk(Size(loads)).Select(group => new Bar(
                "", group.Average(), $"{Markup.Count(group.Length)} areas of {Markup.Count(group[^1])} to {Markup.Count(group[0])} rows")),
        ];
    }

    private static int Size(IReadOnlyList<int> loads) => (loads.Count + MostBars - 1) / MostBars;

    private readonly record struct Bar(string Name, double Rows, string Title);
}
