using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Signs of a mistake in the training rows are told in the log, once per training and in one line each.</summary>
[TestClass]
public class SuspiciousRowTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Ordinary_rows_give_no_warning() => Assert.IsEmpty(Warnings(Blobs.View(_mlContext)));

    [TestMethod]
    public void A_label_that_is_an_identifier() => Assert.AreEqual(
        "The label column 'Label' has 12 classes in 12 rows: is 'Label' an identifier, or a number to predict? Use the column that holds "
        + "the class or, to predict a number, a regression trainer.",
        Warnings(Blobs.View(_mlContext, Relabel(Blobs.Rows(12), (_, i) => $"id {i}"))).Single());

    [TestMethod]
    public void Two_rows_per_class_are_not_taken_for_identifiers() =>
        Assert.IsEmpty(Warnings(Blobs.View(_mlContext, Relabel(Blobs.Rows(12), (_, i) => $"class {i / 2}"))));

    [TestMethod]
    public void A_class_with_one_row() => Assert.AreEqual(
        "One class has a single row in 'Label': 'rare'. One row is too few to learn a class from and leaves none to test it with: add "
        + "rows, or merge or remove such classes.",
        Warnings(Blobs.View(_mlContext, Relabel(Blobs.Rows(), (name, i) => i == 40 ? "rare" : name))).Single());

    [TestMethod]
    public void A_class_with_one_row_that_is_the_first_may_be_a_header() => Assert.StartsWith(
        "One class has a single row in 'Label': 'rare'. It is the first row of the data: is that a header? One row is too few",
        Warnings(Blobs.View(_mlContext, Relabel(Blobs.Rows(), (name, i) => i == 0 ? "rare" : name))).Single());

    [TestMethod]
    public void Many_classes_with_one_row_are_a_shortened_list()
    {
        string warning = Warnings(Blobs.View(_mlContext, Relabel(Blobs.Rows(), (name, i) => i < 30 ? $"rare {i}" : name))).Single();

        Assert.StartsWith("30 classes have a single row in 'Label': 'rare 0', 'rare 1', ", warning);
        Assert.Contains("'rare 19' and 10 more. One of them is the first row", warning);
    }

    [TestMethod]
    public void A_class_whose_rows_all_weigh_0()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        foreach (LabeledRow<string> row in rows.Where(row => row.Label == "green"))
        {
            row.Weight = 0;
        }

        Assert.AreEqual(
            "One class has no row of a weight above 0 in 'Weight', so nothing is learned about it: 'green'. Correct the weights, or remove "
            + "these rows.",
            Warnings(Blobs.View(_mlContext, rows), options => options.ExampleWeightColumnName = "Weight").Single());
        rows[1].Weight = 0.01f;
        rows[4].Weight = 0.01f;
        Assert.IsEmpty(Warnings(Blobs.View(_mlContext, rows), options => options.ExampleWeightColumnName = "Weight"));
    }

    [TestMethod]
    public void Constant_features_are_named()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        foreach (LabeledRow<string> row in rows)
        {
            row.Features[1] = 5;
        }

        IDataView data = Blobs.View(_mlContext, rows);
        IDataView named = _mlContext.Transforms.Concatenate("Features", "Weight", "Features").Fit(data).Transform(data);

        Assert.AreEqual(
            "One of the 3 features in 'Features' has the same value in all rows to learn from, or none, and is ignored: slot 1. Leave it "
            + "out, or check where the values come from.",
            Warnings(data).Single());
        Assert.AreEqual(
            "2 of the 4 features in 'Features' have the same value in all rows to learn from, or none, and are ignored: 'Weight', slot 2. "
            + "Leave them out, or check where the values come from.",
            Warnings(named).Single());
    }

    [TestMethod]
    public void A_feature_that_is_always_missing_is_named_and_one_that_is_sometimes_missing_is_not()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        foreach ((int i, LabeledRow<string> row) in rows.Index())
        {
            row.Features[1] = float.NaN;
            row.Features[2] = i % 2 == 0 ? 5 : float.NaN;
        }

        Assert.Contains("has the same value in all rows to learn from, or none, and is ignored: slot 1.",
            Warnings(Blobs.View(_mlContext, rows)).Single());
    }

    [TestMethod]
    public void Infinite_features_are_named_in_one_line()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        rows[3].Features[1] = float.PositiveInfinity;
        rows[4].Features[1] = float.NegativeInfinity;
        rows[5].Features[2] = float.PositiveInfinity;
        IDataView data = Blobs.View(_mlContext, rows);
        IDataView named = _mlContext.Transforms.Concatenate("Features", "Weight", "Features").Fit(data).Transform(data);

        const string Start = "Infinite values in 'Features', in slot 1, slot 2, count as the largest and smallest that the model tells "
            + "apart. Check where they come from, such as a division by 0, or make them missing (NaN).";
        Assert.AreEqual(Start, Warnings(data).Single());
        Assert.AreEqual(Start.Replace("slot 1, slot 2", "slot 2, slot 3", StringComparison.Ordinal), Warnings(named)[0]);
    }

    [TestMethod]
    public void More_features_than_rows()
    {
        var random = new Random(1);
        WideRow[] rows =
        [
            .. Enumerable.Range(0, 20).Select(i => new WideRow
            {
                Label = $"{i % 2}",
                Features = [.. Enumerable.Range(0, WideRow.FeatureCount).Select(_ => random.NextSingle())],
            }),
        ];
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);

        Assert.AreEqual(
            "There are more features in 'Features' (30) than rows to learn from (20), so chance may pass for a pattern. Keep fewer "
            + "features (mlContext.Transforms.FeatureSelection) or add rows, and trust only metrics of rows that were not trained on "
            + "(CrossValidate).",
            Warnings(_mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data)).Single());
    }

    [TestMethod]
    public void Words_of_texts_may_be_more_than_rows()
    {
        var random = new Random(1);
        TextRow[] rows =
        [
            .. Enumerable.Range(0, 40).Select(i => new TextRow
            {
                Label = $"{i % 2}",
                Text = string.Join(' ', Enumerable.Range(0, 20).Select(_ => $"word{random.Next(2_000)}")),
            }),
        ];
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);

        Assert.IsEmpty(Warnings(_mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(_mlContext.Transforms.Text.ProduceWordBags("Features", nameof(TextRow.Text), ngramLength: 1))
            .Fit(data).Transform(data)));
    }

    [TestMethod]
    public void A_header_above_numbers_is_recognized()
    {
        using var folder = new TemporaryFolder();
        Blobs.WriteFile(folder.File("rows.csv"), Blobs.Rows());
        string[] lines = File.ReadAllLines(folder.File("rows.csv"));
        File.WriteAllLines(folder.File("renamed.csv"), [lines[0].Replace("Label", "color", StringComparison.Ordinal), .. lines[1..]]);

        string[] named = Warnings(Load(folder.File("rows.csv"), hasHeader: false));
        string[] renamed = Warnings(Load(folder.File("renamed.csv"), hasHeader: false));

        const string Start = "The row at position 0 (from 0) looks like a header that was read as data: ";
        const string End = ". Set hasHeader to true where the file is loaded.";
        Assert.AreEqual($"{Start}its class 'Label' is the name of a column{End}", named.Single());
        Assert.AreEqual($"{Start}its features are NaN, and no other row has its class 'color'{End}", renamed.Single());
        Assert.IsEmpty(Warnings(Load(folder.File("rows.csv"), hasHeader: true)));
    }

    [TestMethod]
    public void A_header_above_numbers_only_is_recognized()
    {
        using var folder = new TemporaryFolder();
        string[] lines = ["a,b,c,d", .. Enumerable.Range(0, 60).Select(i => $"{i},{i * i % 7},{-i},{i % 2}")];
        File.WriteAllLines(folder.File("rows.csv"), lines);

        Assert.AreEqual(
            "The row at position 0 (from 0) looks like a header that was read as data: it is the only row without a label, and its "
            + "features are NaN. Set hasHeader to true where the file is loaded.",
            Warnings(Load(folder.File("rows.csv"), hasHeader: false, DataKind.Single))[1]);
    }

    [TestMethod]
    public void A_header_above_categories_is_recognized()
    {
        string warning = Warnings(Categories([("color", "kind"), .. OrdinaryCategories()])).Single();

        Assert.AreEqual(
            "The row at position 0 (from 0) looks like a header that was read as data: the column 'Color' holds its own name there, and no "
            + "other row has its class 'kind'. Set hasHeader to true where the file is loaded.",
            warning);
    }

    [TestMethod]
    public void Rows_that_resemble_a_header_are_ordinary()
    {
        // A category of its column's name, in a class with more rows; and a row with missing values in such a class.
        Assert.IsEmpty(Warnings(Categories([("color", "warm"), .. OrdinaryCategories()])));
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        rows[0].Features.AsSpan().Fill(float.NaN);
        Assert.IsEmpty(Warnings(Blobs.View(_mlContext, rows)));
    }

    [TestMethod]
    public void Labels_of_KeyType_count_from_0()
    {
        IEnumerable<UnnamedRow> rows = Blobs.Rows(90, i => (uint)i + 1)
            .Select(row => new UnnamedRow { Features = row.Features, Label = row.Label });

        Assert.AreEqual(
            "Skipped 30 of 90 training rows: 30 with a missing label in 'Label' (labels of [KeyType] are 0 to 2, and any other is "
            + "missing), the first at position 2 (from 0).",
            Warnings(_mlContext.Data.LoadFromEnumerable(rows)).Single());
    }

    [TestMethod]
    public void A_class_without_a_name_is_told_by_both_its_numbers()
    {
        IEnumerable<UnnamedRow> rows = Blobs.Rows(90, i => i).Index()
            .Select(row => new UnnamedRow { Features = row.Item.Features, Label = (uint)(row.Index == 0 ? 2 : row.Index % 2) });

        Assert.Contains(
            "'Label': label 2 (slot 2 of Score, PredictedLabel 3). It is the first row",
            Warnings(_mlContext.Data.LoadFromEnumerable(rows)).Single());
    }

    [TestMethod]
    public void A_validation_set_in_the_options_beside_that_of_Fit_is_told()
    {
        IDataView data = Blobs.View(_mlContext);
        List<string> warnings = _mlContext.Warnings();

        _mlContext.SmallSal(options => options.ValidationSet = data).Fit(data, data);

        Assert.AreEqual("Options without effect: ValidationSet, as a validation set was given to Fit.", warnings.Single());
    }

    [TestMethod]
    public void Validation_rows_are_not_judged()
    {
        IDataView data = Blobs.View(_mlContext), two = _mlContext.Data.TakeRows(data, 2);
        List<string> warnings = _mlContext.Warnings();

        _mlContext.SmallSal().Fit(data, two);

        Assert.IsEmpty(warnings);
    }

    private static (string Color, string Label)[] OrdinaryCategories() => [.. Colors.Rows(80).Select(row => (row.Color, row.Label))];

    private static LabeledRow<string>[] Relabel(IReadOnlyList<LabeledRow<string>> rows, Func<string, int, string> label) =>
        [.. rows.Select((row, i) => new LabeledRow<string> { Features = row.Features, Label = label(row.Label, i) })];

    private IDataView Categories((string Color, string Label)[] rows)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(
            rows.Select((row, i) => new ColorRow { Color = row.Color, Label = row.Label, Size = i % 5 }));
        return _mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Color"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Color", "Size"))
            .Fit(data).Transform(data);
    }

    private IDataView Load(string path, bool hasHeader, DataKind label = DataKind.String)
    {
        IDataView data = _mlContext.Data.LoadFromTextFile(
            path,
            [new TextLoader.Column("Features", DataKind.Single, 0, 2), new TextLoader.Column("Label", label, 3)],
            separatorChar: ',',
            hasHeader);
        return _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private string[] Warnings(IDataView data, Action<SalMulticlassTrainer.Options>? change = null)
    {
        List<string> warnings = _mlContext.Warnings();
        _mlContext.SmallSal(change).Fit(data);
        return [.. warnings];
    }

    private sealed class WideRow
    {
        public const int FeatureCount = 30;

        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
