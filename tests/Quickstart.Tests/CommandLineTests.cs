using CsvHelper;

namespace Quickstart.Tests;

/// <summary>The whole way: train on a file, score another with the saved model, and the mistakes that only the whole way shows.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CommandLineTests : IDisposable
{
    private const int Rows = 200;

    private static readonly TableFile _trained = new();
    private readonly TableFile _file = new();

    private static string Model => _trained.PathOf("plants.zip");

    [ClassInitialize]
    public static void Train(TestContext context)
    {
        string data = _trained.Write(TableFile.Plants(Rows)).FullName;

        (int exitCode, string error) = Run("--data", data, "--label", "species", "--output", Model);

        Assert.AreEqual((0, ""), (exitCode, error));
    }

    [ClassCleanup]
    public static void DeleteModel() => _trained.Dispose();

    [TestMethod]
    public void The_saved_model_scores_a_file_with_its_label()
    {
        string[][] records = Predict(TableFile.Plants(Rows));

        CollectionAssert.AreEqual(
            new[] { "Line", "id", "land", "species", "PredictedLabel", "Probability fern", "Probability moss" }, records[0]);
        Assert.HasCount(Rows, records[1..]);
        Assert.IsGreaterThan(0.95, records[1..].Average(record => record[3] == record[4] ? 1.0 : 0));
        Assert.AreEqual("P199", records[^1][1]);
        foreach (string[] record in records[1..])
        {
            float fern = float.Parse(record[5]), moss = float.Parse(record[6]);
            Assert.AreEqual(1, fern + moss, 1e-5);
            Assert.AreEqual(fern > moss ? "fern" : "moss", record[4]);
        }
    }

    [TestMethod]
    public void The_saved_model_scores_a_file_of_another_form_without_label_and_quotes_what_needs_it()
    {
        // Other order, separator and decimal mark, an unseen category, missing cells, and a column with all that must be quoted.
        string[][] records = Predict(
            "note,extra,planted,soil,length\n"
            + "\"by the old wall\",\"a, \"\"b\"\"\nc\",2020-01-01,rock,1.5\n"
            + ",,NA,NA,NA\n");

        CollectionAssert.AreEqual(new[] { "Line", "extra", "PredictedLabel", "Probability fern", "Probability moss" }, records[0]);
        CollectionAssert.AreEqual(new[] { "2", "a, \"b\"\nc", "fern" }, records[1][..3]);
        Assert.AreEqual("4", records[2][0]);
        Assert.IsTrue(float.IsFinite(float.Parse(records[2][3])));
    }

    [TestMethod]
    public void The_report_is_beside_the_model() => Assert.Contains("fern", File.ReadAllText(Path.ChangeExtension(Model, ".html")));

    [TestMethod]
    public void Columns_may_have_the_names_that_the_pipeline_uses()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 2}.{i % 7},{"ab"[i % 2]},{i % 5},{"xy"[i % 2]}\n"));
        string data = _file.Write($"Score,Features,PredictedLabel,Label\n{rows}").FullName;

        (int exitCode, string error) = Run("--data", data, "--label", "Label", "--output", _file.PathOf("names.zip"));

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.AreEqual(
            (0, ""),
            Run("--predict", _file.PathOf("names.zip"), "--data", data, "--output", _file.PathOf("names.csv")));
    }

    [TestMethod]
    public void Classes_that_must_be_quoted_come_back_from_the_predictions()
    {
        string[] classes = ["bread, cakes", "say \"hi\"", "two\nlines", "x|y\tz;"];
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i =>
            $"{i % 4}.{i % 7},\"{classes[i % 4].Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));
        string data = _file.Write($"size,kind\n{rows}").FullName;
        Assert.AreEqual((0, ""), Run("--data", data, "--label", "kind", "--output", _file.PathOf("kinds.zip")));

        string[][] records = Predict($"size,kind\n{rows}", _file.PathOf("kinds.zip"));

        CollectionAssert.AreEquivalent(classes.Select(name => $"Probability {name}").ToArray(), records[0][3..]);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 200).Select(i => classes[i % 4]).ToArray(), records[1..].Select(record => record[2]).ToArray());
    }

    [TestMethod]
    public void A_text_in_a_number_column_is_refused_with_its_line() =>
        Assert.AreEqual(
            "'data.csv', line 3: 'long' in the column 'length' is not a number, but the model was trained with numbers there. "
            + "Correct it, or, if it stands for a missing cell, add --missing \"long\".",
            PredictError("length;soil;planted;note\n1,5;sand;2020-01-01;x\nlong;sand;2020-01-01;x\n"));

    [TestMethod]
    public void A_column_that_is_not_there_is_named() =>
        Assert.AreEqual(
            "The model 'plants.zip' needs a column that is missing: 'data.csv' has no column 'length'. "
            + "Did you mean 'lengths'? It has: lengths, soil, planted, note.",
            PredictError("lengths;soil;planted;note\n1,5;sand;2020-01-01;x\n"));

    [TestMethod]
    public void A_file_that_is_no_model_is_refused()
    {
        string data = _file.Write("a,b\n1,2\n").FullName;

        Assert.StartsWith($"'{data}' cannot be loaded as a model: ", Fail("--predict", data, "--data", data));
        string none = _file.PathOf("none.zip");
        Assert.StartsWith($"There is no model file '{none}'.", Fail("--predict", none, "--data", data));
    }

    [TestMethod]
    public void A_model_of_a_table_does_not_score_digits() =>
        Assert.AreEqual(
            $"'{Model}' does not read digits but the columns length, soil, planted, note. Name a file that has them with --data FILE.csv.",
            Fail("--predict", Model));

    [TestMethod]
    public void Data_without_a_label_is_described_and_then_refused() =>
        Assert.AreEqual("Name the column to predict with --label.", Fail("--data", _file.Write("a,b\n1,x\n2,y\n").FullName));

    [TestMethod]
    public void A_table_with_nothing_to_learn_from_is_refused() =>
        Assert.AreEqual(
            "'data.csv' has no column to predict 'b' from: all others are left out.",
            Fail("--data", _file.Write("a,b\n1,x\n2,y\n3,x\n4,y\n").FullName, "--label", "b"));

    [TestMethod]
    public void The_data_is_never_overwritten()
    {
        string data = _file.Write(TableFile.Plants(20)).FullName;

        Assert.AreEqual(
            $"--output '{data}' would replace the data. Name another file.",
            Fail("--data", data, "--label", "species", "--output", data));
        Assert.AreEqual(TableFile.Plants(20), File.ReadAllText(data));
    }

    [TestMethod]
    public void Options_for_a_file_need_a_file() =>
        Assert.AreEqual("--label applies to your own data only: name the file with --data FILE.csv.", Fail("--label", "b"));

    private string PredictError(string text) =>
        Fail("--predict", Model, "--data", _file.Write(text).FullName, "--output", _file.PathOf("out.csv"));

    private string[][] Predict(string text) => Predict(text, Model);

    private string[][] Predict(string text, string model)
    {
        string output = _file.PathOf("out.csv");
        Assert.AreEqual((0, ""), Run("--predict", model, "--data", _file.Write(text).FullName, "--output", output));
        using CsvReader reader = CsvReader.FromFile(output, new CsvReaderOptions { HasHeader = false, Separator = ',' });
        var records = new List<string[]>();
        while (reader.Read())
        {
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return [.. records];
    }

    private static string Fail(params string[] arguments)
    {
        (int exitCode, string error) = Run(arguments);
        Assert.AreEqual(1, exitCode);
        return error;
    }

    private static (int ExitCode, string Error) Run(params string[] arguments)
    {
        TextWriter console = Console.Error;
        using var error = new StringWriter();
        Console.SetError(error);
        try
        {
            return (CommandLine.Create().Parse(arguments).Invoke(), error.ToString().Trim());
        }
        finally
        {
            Console.SetError(console);
        }
    }

    public void Dispose() => _file.Dispose();
}
