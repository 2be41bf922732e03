using System.Globalization;
using System.Xml.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Sal.Reports.Tests;

[TestClass]
public class ReportTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void The_page_loads_nothing_and_needs_no_script()
    {
        string html = Write(Train(3, Blobs.Name));

        XDocument page = XDocument.Parse(html);
        Assert.DoesNotContain("://", html);
        Assert.DoesNotContain("url(", html);
        string[] loading = ["script", "link", "img", "iframe", "object", "use", "image"];
        Assert.IsFalse(page.Descendants().Any(element => loading.Contains(element.Name.LocalName)));
        string[] attributes = [.. page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName)];
        Assert.IsFalse(attributes.Any(name => name is "src" or "href" || name.StartsWith("on", StringComparison.Ordinal)));
        Assert.Contains("prefers-color-scheme: dark", html);
    }

    [TestMethod]
    public void Each_epoch_has_a_point_with_its_values_and_the_phases_a_boundary()
    {
        (SalMulticlassModelParameters model, _) = Train(3, Blobs.Name);

        XElement[] charts = Charts(Page(Write((model, null))));

        Assert.HasCount(2, charts);
        foreach (XElement chart in charts)
        {
            Assert.HasCount(model.History.Epochs.Count, chart.Descendants("polyline").Single().Attribute("points")!.Value.Split(' '));
            Assert.ContainsSingle(chart.Descendants("line").Where(line => line.Attribute("class")?.Value == "phase"));
            Assert.Contains("shared", Texts(chart));
            Assert.Contains("routed", Texts(chart));
        }

        string first = model.History.Epochs[0].TrainingLoss.ToString("0.####", CultureInfo.InvariantCulture);
        Assert.Contains($"Epoch 1: training {first}", charts[0].Descendants("title").Select(title => title.Value));
    }

    [TestMethod]
    public void Validation_has_curves_when_there_is_any()
    {
        SalEpoch[] epochs =
        [
            .. Enumerable.Range(1, 4).Select(i =>
                new SalEpoch(i, TrainingPhase.Shared, 1e-3, 1.0 / i, 0.5, 0.1, [90], 2.0 / i, i == 1 ? null : 0.4)),
        ];

        XElement[] charts = Charts(Page(Write((WithHistory(epochs), null))));

        Assert.HasCount(2, charts[0].Descendants("polyline"));
        Assert.Contains("Epoch 4: validation 0.5", charts[0].Descendants("title").Select(title => title.Value));
        XElement accuracy = charts[1].Descendants("polyline").Single(line => line.Attribute("class")!.Value == "series validation");
        Assert.HasCount(3, accuracy.Attribute("points")!.Value.Split(' '));
        Assert.DoesNotContain("routed", Texts(charts[1]));
    }

    [TestMethod]
    public void The_epoch_of_the_lowest_validation_loss_is_marked()
    {
        double[] losses = [0.9, 0.5, 0.6, 0.5];
        SalEpoch[] epochs =
        [
            .. losses.Select((loss, i) => new SalEpoch(i + 1, TrainingPhase.Shared, 1e-3, 1, 0.5, 0.1, [90], loss, 0.1 * i)),
        ];

        XDocument page = Page(Write((WithHistory(epochs), null)));

        Assert.Contains("the lowest validation loss, 0.5000 in epoch 2;", page.Root!.Value);
        IEnumerable<XElement> marked = page.Descendants("circle").Where(circle => circle.Attribute("class")?.Value == "best");
        CollectionAssert.AreEqual(
            new[] { "Epoch 2: validation 0.5", "Epoch 2: validation 10" }, marked.Select(circle => circle.Value).ToArray());
    }

    [TestMethod]
    public void A_model_of_one_area_says_so_even_if_areas_were_tried()
    {
        SalMulticlassModelParameters model = WithHistory(
            new SalEpoch(1, TrainingPhase.Routed, 1e-3, 1, 0.5, 0.1, [40, 50]),
            new SalEpoch(2, TrainingPhase.Shared, 1e-3, 1, 0.5, 0.1, [90]));

        Assert.Contains("The model has one area, which all 90 training rows use.", Page(Write((model, null))).Root!.Value);
    }

    [TestMethod]
    public void Long_trainings_and_values_that_are_no_numbers_still_draw()
    {
        SalEpoch[] epochs =
        [
            .. Enumerable.Range(1, 5000).Select(i =>
                new SalEpoch(i, TrainingPhase.Shared, 1e-3, i % 9 == 0 ? double.NaN : 1.0 / i, 1, 0.1, [90])),
        ];

        string html = Write((WithHistory(epochs), null));

        Assert.IsLessThan(150_000, html.Length);
        Assert.DoesNotContain("NaN", html);
        Assert.Contains("Epoch 5,000: training 100", Charts(Page(html))[1].Descendants("title").Select(title => title.Value));
    }

    [TestMethod]
    public void The_page_says_when_with_what_and_how_far_the_model_was_trained()
    {
        SalMulticlassModelParameters model = _mlContext.SmallSal(options => options.Progress = new StopAfter(3))
            .Fit(Blobs.View(_mlContext)).Model;
        SalTrainingInfo info = model.TrainingInfo!;

        string text = Page(Write((model, null))).Root!.Value;

        string date = info.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.Contains(
            $"Trained on {date} UTC with MLNet.Trainers.Sal {info.PackageVersion}, Microsoft.ML {info.MLNetVersion} and .NET "
            + $"{info.RuntimeVersion}. Training was stopped in epoch 3; the model is that of epoch 3.",
            text);
        Assert.DoesNotContain("stopped", Page(Write(Train(3, Blobs.Name))).Root!.Value);
    }

    [TestMethod]
    public void A_history_without_epochs_leaves_the_curves_out() => Assert.IsEmpty(Charts(Page(Write((WithHistory(), null)))));

    [TestMethod]
    [DataRow(2)]
    [DataRow(10)]
    [DataRow(26)]
    public void The_confusion_matrix_is_a_table_with_class_names(int classCount)
    {
        (SalMulticlassModelParameters model, MulticlassClassificationMetrics? metrics) = Train(classCount, i => $"class {i}");

        XElement table = ConfusionTables(Page(Write((model, metrics)))).Single();

        string[] names = [.. Enumerable.Range(0, classCount).Select(i => $"class {i}")];
        CollectionAssert.AreEqual(names, RowNames(table));
        CollectionAssert.IsSubsetOf(names, table.Element("thead")!.Descendants("th").Select(head => head.Value).ToArray());
        int row = 0;
        foreach (XElement line in table.Element("tbody")!.Elements("tr"))
        {
            IEnumerable<string> cells = line.Elements("td").SkipLast(1).Select(cell => cell.Value);
            double[] counts = [.. cells.Select(cell => cell == "·" ? 0 : double.Parse(cell, CultureInfo.InvariantCulture))];
            CollectionAssert.AreEqual(metrics!.ConfusionMatrix.Counts[row++].ToArray(), counts);
        }
    }

    [TestMethod]
    public void Classes_without_names_are_numbered_in_the_order_of_the_scores()
    {
        XDocument page = Page(Write(Train(Blobs.UnnamedView(_mlContext, 30))));

        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, RowNames(ConfusionTables(page).Single()));
    }

    [TestMethod]
    public void A_pipeline_that_the_first_version_saved_has_class_names_too()
    {
        ITransformer pipeline = _mlContext.Model.Load(Path.Combine(AppContext.BaseDirectory, "Fixtures", "pipeline-1.zip"), out _);
        var trained = ((IEnumerable<ITransformer>)pipeline)
            .OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single();
        IDataView scored = pipeline.Transform(_mlContext.Data.LoadFromEnumerable(Blobs.Rows(30)));

        XDocument page = Page(Write((trained.Model, _mlContext.MulticlassClassification.Evaluate(scored))));

        CollectionAssert.AreEqual(new[] { "red", "green", "blue" }, RowNames(ConfusionTables(page).Single()));
    }

    [TestMethod]
    public void An_evaluation_of_another_model_is_refused()
    {
        MulticlassClassificationMetrics? metrics = Train(5, i => $"class {i}").Metrics;

        var error = Assert.Throws<ArgumentException>(() => Write((Train(3, Blobs.Name).Model, metrics)));

        Assert.AreEqual(
            "The classes of the evaluation are 'class 0', 'class 1', 'class 2', 'class 3', 'class 4', but those of the model are 'red', "
            + "'green', 'blue'. Evaluate the data that this model scored. (Parameter 'metrics')",
            error.Message);
    }

    [TestMethod]
    public void An_evaluation_of_as_many_other_classes_is_refused()
    {
        MulticlassClassificationMetrics? metrics = Train(3, i => i == 0 ? "yellow" : Blobs.Name(i)).Metrics;

        var error = Assert.Throws<ArgumentException>(() => Write((Train(3, Blobs.Name).Model, metrics)));

        Assert.Contains("'yellow', 'green', 'blue', but those of the model are 'red', 'green', 'blue'", error.Message);
    }

    [TestMethod]
    public void An_evaluation_in_another_order_is_shown_under_its_own_names()
    {
        SalMulticlassModelParameters model = Train(Blobs.View(_mlContext, 30)).Model;
        MulticlassClassificationMetrics metrics =
            Train(Blobs.View(_mlContext, Blobs.Rows(40).Take(30), ["blue", "green", "red"])).Metrics;

        XElement table = ConfusionTables(Page(Write((model, metrics)))).Single();

        CollectionAssert.AreEqual(new[] { "blue", "green", "red" }, RowNames(table));
    }

    [TestMethod]
    public void An_evaluation_without_names_is_shown_with_a_doubt()
    {
        SalMulticlassModelParameters model = Train(Blobs.View(_mlContext, 30)).Model;
        MulticlassClassificationMetrics unnamed = Train(Blobs.UnnamedView(_mlContext, 30)).Metrics;

        XDocument page = Page(Write((model, unnamed)));

        Assert.Contains(
            "The classes of the evaluation and those of the model cannot be compared, as the former have no names. They are taken to be "
            + "the same, in the same order.",
            page.Root!.Value);
        CollectionAssert.AreEqual(new[] { "red", "green", "blue" }, RowNames(ConfusionTables(page).Single()));
        Assert.DoesNotContain("cannot be compared", Write((model, Train(Blobs.View(_mlContext, 30)).Metrics)));
        Assert.DoesNotContain("cannot be compared", Write(Train(Blobs.UnnamedView(_mlContext, 30))));
        Assert.DoesNotContain("cannot be compared", Write(Train(3, i => $"{i}")));
    }

    [TestMethod]
    public void Very_many_classes_give_a_list_of_confusions()
    {
        XDocument page = Page(Write(Train(120, i => $"class {i}")));

        Assert.IsEmpty(ConfusionTables(page));
        Assert.Contains("120 classes are too many for a table.", page.Root!.Value);
    }

    [TestMethod]
    public void Names_cannot_break_the_page()
    {
        string[] names = ["<script>alert(1)</script>", "a & \"b\"", "'c'</table>"];

        XDocument page = Page(Write(Train(3, i => names[i])));

        Assert.IsEmpty(page.Descendants("script"));
        string[] heads = [.. page.Descendants("th").Attributes("title").Select(title => title.Value)];
        CollectionAssert.IsSubsetOf(names, heads);
    }

    [TestMethod]
    public void Two_names_never_look_the_same()
    {
        string x = new('x', 20), y = new('y', 20);
        string[] names = [.. LookalikeNames.All, $"{x}1{y}", $"{x}2{y}", $"{x}3{x}"];

        string[] shown = RowNames(ConfusionTables(Page(Write(Train(names.Length, i => names[i])))).Single());

        // A browser shows any number of blanks as one, and none at an end.
        string[] seen = [.. shown.Select(name => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        CollectionAssert.AllItemsAreUnique(seen);
        Assert.Contains("a b", seen);
        Assert.Contains("a ␣b", seen);
        Assert.Contains("a b␣", seen);
        Assert.Contains("a‹U+00A0›b", seen);
        Assert.Contains("\u00E9", seen);
        Assert.Contains("e‹U+0301›", seen);
        Assert.Contains("two‹U+000A›lines", seen);
        Assert.Contains($"{x}1{y}", seen);
        Assert.Contains($"{x[..12]}…{x[..11]}", seen, "Only names that would be the same are not cut.");
    }

    [TestMethod]
    public void Loads_are_bars_with_their_Gini_coefficient_and_the_dead_areas_by_name()
    {
        XDocument page = Page(Write((WithHistory(Epoch(30, 0, 60, 0)), null)));

        Assert.Contains("Gini coefficient 0.583", page.Root!.Value);
        Assert.Contains("2 areas are dead, that is, used by no row: 1, 3.", page.Root!.Value);
        CollectionAssert.AreEqual(
            new[] { "Area 0: 30 rows", "Area 1: 0 rows", "Area 2: 60 rows", "Area 3: 0 rows" },
            page.Descendants("rect").Select(bar => bar.Element("title")!.Value).ToArray());
    }

    [TestMethod]
    public void Areas_too_many_for_bars_of_their_own_are_drawn_in_groups()
    {
        XDocument page = Page(Write((WithHistory(Epoch([.. Enumerable.Range(0, 200)])), null)));

        XElement[] bars = [.. page.Descendants("rect")];
        Assert.HasCount(50, bars);
        Assert.AreEqual("4 areas of 196 to 199 rows", bars[0].Element("title")!.Value);
        Assert.Contains("Area 0 is dead: no row uses it.", page.Root!.Value);
    }

    [TestMethod]
    public void Numbers_are_the_same_in_every_culture()
    {
        (SalMulticlassModelParameters, MulticlassClassificationMetrics?) trained = Train(3, Blobs.Name);
        string expected = Write(trained);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = culture;

            Assert.AreEqual(expected, Write(trained));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Writing_replaces_the_file_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("report.html");
        File.WriteAllText(path, "old");

        SalReport.WriteHtml(path, WithHistory());

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void Writing_where_it_cannot_be_written_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        string occupied = folder.File("folder");
        Directory.CreateDirectory(Path.Combine(occupied, "inner"));

        Assert.Throws<IOException>(() => SalReport.WriteHtml(folder.File(Path.Combine("missing", "report.html")), WithHistory()));
        Assert.Throws<Exception>(() => SalReport.WriteHtml(occupied, WithHistory()));
        Assert.Throws<ArgumentException>(() => SalReport.WriteHtml(" ", WithHistory()));

        Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(occupied)!));
    }

    private static XDocument Page(string html) => XDocument.Parse(html);

    private static XElement[] Charts(XDocument page) => [.. page.Descendants("figure")];

    private static IEnumerable<XElement> ConfusionTables(XDocument page) =>
        page.Descendants("table").Where(table => table.Attribute("class")!.Value.StartsWith("confusion", StringComparison.Ordinal));

    private static string[] RowNames(XElement table) => [.. table.Element("tbody")!.Elements("tr").Select(row => row.Element("th")!.Value)];

    private static string[] Texts(XElement element) => [.. element.Descendants("text").Select(text => text.Value)];

    private static SalEpoch Epoch(params int[] loads) => new(1, TrainingPhase.Routed, 1e-3, 1, 0.5, 0.1, loads);

    private static string Write((SalMulticlassModelParameters Model, MulticlassClassificationMetrics? Metrics) trained)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("report.html");
        SalReport.WriteHtml(path, trained.Model, trained.Metrics);
        return File.ReadAllText(path);
    }

    /// <summary>A small model, of as many areas as the last epoch has, that says it was trained in these epochs.</summary>
    private SalMulticlassModelParameters WithHistory(params SalEpoch[] epochs) => ModelOf.Epochs(_mlContext, epochs);

    private (SalMulticlassModelParameters Model, MulticlassClassificationMetrics? Metrics) Train(int classCount, Func<int, string> name)
    {
        var random = new Random(1);
        return Train(Blobs.View(_mlContext, Enumerable.Range(0, 3 * classCount).Select(i => new LabeledRow<string>
        {
            Features = [i % classCount, random.NextSingle(), 1],
            Label = name(i % classCount),
        })));
    }

    private (SalMulticlassModelParameters Model, MulticlassClassificationMetrics Metrics) Train(IDataView data)
    {
        var trained = _mlContext.SmallSal(options => options.NumberOfEpochs = 4).Fit(data);
        return (trained.Model, _mlContext.MulticlassClassification.Evaluate(trained.Transform(data)));
    }

    private sealed class StopAfter(int epochs) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value)
        {
            if (value.FinishedEpochs == epochs)
            {
                value.Stop();
            }
        }
    }
}
