using System.Globalization;
using System.Xml.Linq;
using Sal.Benchmarks.Results;
using Sal.Core.Training;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class HtmlReportTests
{
    private static readonly string[] Titles =
    [
        "Accuracy",
        "Accuracy against active parameters",
        "Accuracy against depth",
        "The paper's protocol",
        "Ablations",
        "Learning curves",
        "Area loads",
    ];

    private static readonly SalEpoch[] Epochs =
    [
        new(1, TrainingPhase.Shared, 1e-3, 1.5, 0.5, 0.1, [10], 1.25, 0.6),
        new(2, TrainingPhase.Routed, 1e-3, 0.5, 0.75, 0.1, [4, 6], 0.75, 0.7),
    ];

    [TestMethod]
    public void The_page_has_a_section_for_each_question_and_refers_to_nothing()
    {
        XDocument page = Page(
            [
                .. Series("accuracy", null, null, [("sal-default", 1000, 3), ("a <b> & \"c\"", null, null)]),
                .. Series("ablation", "areas", "4 areas", [("width 32, 4 areas", 3000, 2), ("width 64, 4 areas", 9000, 2)]),
                .. Series("ablation", "router", null, [("Router=KMeans", 3000, 2)]),
                .. Series("depth", null, "sal", [("sal, 4 layers", 3000, 4), ("sal, 16 layers", 9000, 16)]),
                .. Series("paper", null, null, [("sal, n_areas 16", 3000, 2)]),
            ],
            [History.Of("digits", "sal-default", 0, Epochs)]);
        CollectionAssert.AreEqual(Titles, page.Descendants("h2").Select(title => title.Value).ToArray());
        Assert.IsFalse(page.Descendants().Attributes().Any(a => a.Name.LocalName is "src" or "href"));
        Assert.Contains("a <b> & \"c\"", page.Descendants("text").Select(text => text.Value));
    }

    [TestMethod]
    public void Higher_accuracies_are_drawn_higher_and_more_layers_further_right()
    {
        XDocument page = Page(
            Series("depth", null, "sal", [("sal, 4 layers", 1, 4), ("sal, 16 layers", 1, 16), ("sal, 64 layers", 1, 64)]),
            []);
        (double X, double Y)[] points = [.. page.Descendants("polyline").Single().Attribute("points")!.Value.Split(' ').Select(Point)];
        Assert.HasCount(3, points);
        Assert.AreEqual(points[1].X - points[0].X, points[2].X - points[1].X, 0.02); // equal ratios are equally far apart
        Assert.IsGreaterThan(points[1].Y, points[0].Y);
        Assert.IsGreaterThan(points[2].Y, points[1].Y);
        CollectionAssert.IsSubsetOf(
            new[] { "4", "16", "64", "hidden layers", "accuracy, %" },
            page.Descendants("text").Select(text => text.Value).ToArray());
    }

    [TestMethod]
    public void Curves_show_training_and_validation_with_the_partition()
    {
        XDocument page = Page([], [History.Of("digits", "sal-default", 0, Epochs)]);
        string[] legend = [.. page.Descendants("figure").First().Descendants("li").Select(item => item.Value)];
        CollectionAssert.AreEqual(new[] { "sal-default, training", "sal-default, validation" }, legend);
        Assert.AreEqual(2, page.Descendants("line").Count(line => (string?)line.Attribute("class") == "phase"));
        Assert.AreEqual(2, page.Descendants("rect").Count());
    }

    [TestMethod]
    public void Nothing_measured_makes_a_page_without_sections() => Assert.IsEmpty(Page([], []).Descendants("section"));

    private static XDocument Page(Measurement[] measurements, History[] histories)
    {
        string page = new HtmlReport(measurements, histories).Write();
        Assert.DoesNotContain("NaN", page);
        return XDocument.Parse(page);
    }

    private static (double X, double Y) Point(string text)
    {
        double[] pair = [.. text.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return (pair[0], pair[1]);
    }

    private static Measurement[] Series(
        string kind,
        string? part,
        string? series,
        (string Contender, long? Parameters, int? Layers)[] points) =>
    [
        .. from point in points.Index()
           from seed in (int[])[0, 1]
           select new Measurement
           {
               Kind = kind,
               Part = part,
               Set = "digits",
               Contender = point.Item.Contender,
               Series = series,
               Seed = seed,
               MicroAccuracy = 0.9 + (0.01 * point.Index) + (0.002 * seed),
               MacroAccuracy = 0.9,
               LogLoss = 0.1,
               TrainSeconds = 1,
               ScoreMicroseconds = 1,
               ActiveParameters = point.Item.Parameters,
               Layers = point.Item.Layers,
           },
    ];
}
