using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Unusable rows are skipped and counted; training on fewer than two classes is an error.</summary>
[TestClass]
public class RowErrorTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void A_set_without_rows_is_an_error()
    {
        AssertError(View([]), "The training data has no rows");
    }

    [TestMethod]
    public void No_rows_where_the_labels_were_mapped_too() =>
        AssertError(Blobs.View(_mlContext, Blobs.Rows(0)), "The training data has no rows");

    [TestMethod]
    public void A_filter_that_takes_every_row() =>
        AssertError(
            _mlContext.Data.FilterRowsByColumn(Blobs.View(_mlContext), "Weight", lowerBound: 2),
            "The training data has no rows",
            "a filter");

    [TestMethod]
    [DataRow("")]
    [DataRow("purple")]
    public void Labels_that_are_all_missing_or_unknown_to_the_map(string label) => AssertError(
        View(Blobs.Rows(12, _ => label)), "None of the 12 training rows has a label", "'Label'", "separator", "MapValueToKey");

    [TestMethod]
    [DataRow("", "is empty.")]
    [DataRow("A0,A1,B,Label\n", "begins with the line 'A0,A1,B,Label'.")]
    public void A_file_without_rows(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rows.csv"), content);
        AssertError(
            Load(folder.File("rows.csv"), ','), "The training data has no rows", "a header only", $"The file 'rows.csv' {expected}");
    }

    [TestMethod]
    public void A_header_that_is_read_as_the_only_row()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rows.csv"), "A0,A1,B,Label\n");
        AssertError(
            Load(folder.File("rows.csv"), ',', hasHeader: false),
            "The features in 'Features' are missing (NaN) in all 1 training rows. Check that their columns hold numbers, and that the "
                + "loader's hasHeader is set where the file has a header.",
            "The file 'rows.csv' begins with the line 'A0,A1,B,Label'.");
    }

    [TestMethod]
    public void A_file_read_with_the_wrong_separator()
    {
        using var folder = new TemporaryFolder();
        Blobs.WriteFile(folder.File("rows.csv"), Blobs.Rows());
        AssertError(
            Load(folder.File("rows.csv"), '\t'),
            "None of the 90 training rows has a label",
            "'Label'",
            "separator",
            "The file 'rows.csv' begins with the line 'A0,A1,B,Label'.");
    }

    [TestMethod]
    [DataRow("filter")]
    [DataRow("cache")]
    [DataRow("shuffle")]
    [DataRow("fold")]
    public void The_file_is_quoted_through_whatever_lies_between(string between)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rows.csv"), "A0\tA1\tB\tLabel\n1,2,3,red\n");
        IDataView rows = Load(folder.File("rows.csv"), ',', hasHeader: false);
        IDataView data = between switch
        {
            "filter" => _mlContext.Data.SkipRows(rows, 1),
            "cache" => _mlContext.Data.Cache(rows),
            "shuffle" => _mlContext.Data.ShuffleRows(rows),
            _ => _mlContext.Data.CrossValidationSplit(rows, 2)[0].TrainSet,
        };

        AssertError(_mlContext.Data.SkipRows(data, 2), "no rows", "The file 'rows.csv' begins with the line 'A0\\tA1\\tB\\tLabel'.");
    }

    [TestMethod]
    public void A_fold_of_one_class_says_so()
    {
        using var folder = new TemporaryFolder();
        Blobs.WriteFile(folder.File("rows.csv"), Blobs.Rows().OrderBy(row => row.Label).Prepend(Blobs.Rows()[0]));
        IDataView rows = Load(folder.File("rows.csv"), ',');

        AssertError(
            _mlContext.Data.TakeRows(_mlContext.Data.SkipRows(rows, 1), 30),
            "The label column 'Label' has one class only, 'blue', in the rows to learn from (30 of 30 rows read)",
            "fold",
            "The file 'rows.csv' begins with the line 'A0,A1,B,Label'.");
    }

    [TestMethod]
    public void A_long_first_line_is_cut()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rows.csv"), new string('x', 1_000_000));

        string message = AssertError(Load(folder.File("rows.csv"), ','), $"begins with the line '{new string('x', 100)}...'.");

        Assert.IsLessThan(500, message.Length);
    }

    [TestMethod]
    public void A_file_that_is_gone_is_not_quoted()
    {
        using var folder = new TemporaryFolder();
        Blobs.WriteFile(folder.File("rows.csv"), Blobs.Rows());
        IDataView rows = _mlContext.Data.Cache(Load(folder.File("rows.csv"), '\t'));
        _ = (rows.GetColumn<uint>("Label").Count(), rows.GetColumn<float[]>("Features").Count());
        File.Delete(folder.File("rows.csv"));

        Assert.DoesNotContain("rows.csv", AssertError(rows, "None of the 90 training rows has a label"));
    }

    [TestMethod]
    public void Areas_of_a_column_of_another_type_or_of_none_are_refused_by_name()
    {
        IDataView data = Blobs.View(_mlContext);
        var model = _mlContext.SmallSal().Fit(data).Model;

        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.GetAreas(data, "Weight"));
        Assert.Contains("The feature column 'Weight' is Single", error.Message);
        error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.GetAreaProfiles(data, "Nothing"));
        Assert.Contains("There is no feature column 'Nothing'. The data has 'Features', ", error.Message);
    }

    [TestMethod]
    public void A_set_without_any_number_is_an_error()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        foreach (LabeledRow<string> row in rows)
        {
            row.Features.AsSpan().Fill(float.NaN);
        }

        AssertError(Blobs.View(_mlContext, rows), "'Features' are missing (NaN) in all 90 training rows", "hasHeader");
        rows[80].Features[2] = 1;
        _mlContext.SmallSal().Fit(Blobs.View(_mlContext, rows));
    }

    [TestMethod]
    public void A_key_with_only_one_class_is_an_error() =>
        AssertError(Blobs.View(_mlContext, Blobs.Rows(30, _ => "red")), "'Label'", "one class only");

    [TestMethod]
    public void Rows_of_only_one_class_are_an_error()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows();
        foreach (LabeledRow<string> row in rows.Where(row => row.Label != "green"))
        {
            row.Label = "";
        }

        AssertError(
            View(rows), "'Label'", "one class only, 'green'", "(30 of 90 rows read)", "Skipped: 60 with a missing label", "split");
    }

    [TestMethod]
    public void Unusable_rows_are_skipped_with_one_warning_and_nothing_else_is_lost()
    {
        List<LabeledRow<string>> good = [.. Blobs.Rows()];
        List<LabeledRow<string>> rows = [.. good];
        rows.Insert(20, new() { Label = "red", Features = [0, 0, 0], Weight = -1 });
        rows.Insert(30, new() { Label = "", Features = [0, 0, 0] });
        rows.Insert(40, new() { Label = "red", Features = [0, 0, 0], Weight = float.NaN });
        List<string> warnings = _mlContext.Warnings();

        byte[] model = Train(rows);

        string warning = Assert.ContainsSingle(warnings);
        Assert.AreEqual(
            "Skipped 3 of 93 training rows: 1 with a missing label in 'Label', the first at position 30 (from 0); 2 with a negative, NaN "
            + "or infinite weight in 'Weight', the first at position 20 (from 0).",
            warning);
        CollectionAssert.AreEqual(Train(good), model);
        Assert.HasCount(1, warnings);
    }

    [TestMethod]
    public void Rows_of_weight_0_are_ignored()
    {
        List<LabeledRow<string>> rows = [.. Blobs.Rows()];
        byte[] expected = Train(rows);
        rows.Insert(5, new() { Label = "blue", Features = [9, 9, 9], Weight = 0 });

        CollectionAssert.AreEqual(expected, Train(rows));
    }

    [TestMethod]
    public void A_row_to_score_with_NaN_or_infinite_features_gets_probabilities()
    {
        IDataView data = Blobs.View(_mlContext);
        ITransformer model = _mlContext.SmallSal().Fit(data);
        float[][] features = [[float.NaN, 0, 0], [float.NaN, float.NaN, float.NaN], [float.PositiveInfinity, float.NegativeInfinity, 1]];
        IDataView rows = _mlContext.Data.LoadFromEnumerable(features.Select(x => new LabeledRow<string> { Label = "red", Features = x }));

        Prediction[] predictions = [.. _mlContext.Data.CreateEnumerable<Prediction>(model.Transform(rows), reuseRowObject: false)];

        foreach (Prediction prediction in predictions)
        {
            Assert.AreEqual(1f, prediction.Score.Sum(), 1e-5f);
            Assert.IsInRange(1u, 3u, prediction.PredictedLabel);
        }
    }

    private byte[] Train(IEnumerable<LabeledRow<string>> rows) =>
        _mlContext.SmallSal(options => options.ExampleWeightColumnName = "Weight").Fit(View(rows)).Model.ModelBytes();

    // The only keys are the three names, so an empty text is a missing label.
    private IDataView View(IEnumerable<LabeledRow<string>> rows)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        IDataView keys = _mlContext.Data.LoadFromEnumerable(Blobs.Rows(3).Select(row => new KeyRow { Name = row.Label }));
        return _mlContext.Transforms.Conversion.MapValueToKey("Label", keyData: keys).Fit(data).Transform(data);
    }

    private string AssertError(IDataView data, params string[] parts)
    {
        string message = Refusal.Message(() => _mlContext.SmallSal().Fit(data));
        foreach (string part in parts)
        {
            Assert.Contains(part, message);
        }

        return message;
    }

    private IDataView Load(string path, char separator, bool hasHeader = true)
    {
        IDataView data = _mlContext.Data.LoadFromTextFile(
            path,
            [new TextLoader.Column("Features", DataKind.Single, 0, 2), new TextLoader.Column("Label", DataKind.String, 3)],
            separatorChar: separator,
            hasHeader: hasHeader);
        return _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private sealed class KeyRow
    {
        public string Name { get; set; } = "";
    }
}
