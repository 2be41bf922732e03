using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Benchmarks.Data;
using Sal.Benchmarks.Results;
using Sal.Benchmarks.Tables;

namespace Sal.Benchmarks.Tests;

/// <summary>The command <c>tables</c>: what it reads, what it compares, and that it resumes.</summary>
[TestClass]
public sealed class TablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_table_has_numbers_categories_missing_cells_and_a_class()
    {
        Write("shapes", "size,color,class\n1.5,vred,v0\n,,v1\n-2e3,\"vb, lue\",v0\n", [1]);
        BenchmarkTable table = BenchmarkTable.Read(_folder.Path, "shapes");

        Assert.AreEqual(("shapes", 2), (table.Name, table.ClassColumn));
        CollectionAssert.AreEqual(new[] { false, true, true }, table.IsCategory.ToArray());
        CollectionAssert.AreEqual(new[] { "-2e3", "vb, lue", "v0" }, table.Rows[2]);
        CollectionAssert.AreEqual(new[] { "all", "with categories", "with missing cells", "below 2,000 rows" }, table.Kinds.ToArray());
        RowSplit split = table.Split(1);
        CollectionAssert.AreEqual(new[] { 0, 2 }, split.Training);
        CollectionAssert.AreEqual(new[] { 1 }, split.Test);
    }

    [TestMethod]
    public void Kinds_tell_large_tables_and_many_classes()
    {
        Write("large", "x,class\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i},v{i % 9}\n")), [1]);
        CollectionAssert.AreEqual(
            new[] { "all", "numbers only", "2,000 rows and more", "9 classes and more" },
            BenchmarkTable.Read(_folder.Path, "large").Kinds.ToArray());
    }

    [TestMethod]
    public void Trainers_get_indicators_and_missing_numbers_as_they_are_or_filled()
    {
        Write("shapes", "size,color,class\n1,vred,v0\n,vblue,v1\n3,,v0\n5,vred,v1\n,vgreen,v0\n", [3, 4]);
        using var features = new TableFeatures(BenchmarkTable.Read(_folder.Path, "shapes"), split: 1);

        // The size; red and blue, which are the values of the rows to train on.
        float[][] asTheyAre = Vectors(features.Get(isFilled: false).Training);
        float[][] expected = [[1, 1, 0], [float.NaN, 0, 1], [3, 0, 0]];
        Assert.AreEqual(Text(expected), Text(asTheyAre));
        Assert.AreEqual(Text([[5, 1, 0], [float.NaN, 0, 0]]), Text(Vectors(features.Get(isFilled: false).Test)));

        // The mean of 1 and 3, and an indicator.
        Assert.AreEqual(Text([[1, 1, 0, 0], [2, 0, 1, 1], [3, 0, 0, 0]]), Text(Vectors(features.Get(isFilled: true).Training)));
        Assert.AreEqual(Text([[5, 1, 0, 0], [2, 0, 0, 1]]), Text(Vectors(features.Get(isFilled: true).Test)));
        CollectionAssert.AreEqual(new[] { 1, 0 }, features.TestLabels);

        // No color is in three rows.
        Assert.AreEqual(Text([[1], [float.NaN], [3]]), Text(Vectors(features.Get(isFilled: false, isTabular: true).Training)));
        Assert.AreEqual(Text([[5, 0], [2, 1]]), Text(Vectors(features.Get(isFilled: true, isTabular: true).Test)));

        static float[][] Vectors(IDataView view) => [.. view.GetColumn<float[]>("Features")];
        static string Text(float[][] rows) => string.Join(" | ", rows.Select(row => string.Join(' ', row)));
    }

    [TestMethod]
    [DataRow("x,class\n1,v0\n1,2,v1\n", "'bad.csv.gz', line 3: the row has 3 cells, but the header has 2.")]
    [DataRow("x,class\n1,v0\nred,v1\n", "'bad.csv.gz', line 3: column 'x': 'red' is neither a number nor a category, which begins with v.")]
    [DataRow("x,class\n1,\n", "'bad.csv.gz', line 2: the class in the last cell is missing.")]
    [DataRow("x,class\n", "'bad.csv.gz' has no rows.")]
    [DataRow("", "'bad.csv.gz' has no rows.")]
    public void A_table_that_cannot_be_read_is_named_with_the_line(string content, string expected)
    {
        Write("bad", content, [0]);
        Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidDataException>(() => BenchmarkTable.Read(_folder.Path, "bad")).Message);
    }

    [TestMethod]
    [DataRow("0\nx\n", "'x'")]
    [DataRow("3\n", "'3'")]
    [DataRow("-1\n", "'-1'")]
    [DataRow("1\n1\n", "'1'")]
    public void A_split_of_something_else_than_different_rows_is_refused(string content, string named)
    {
        Write("shapes", "x,class\n1,v0\n2,v1\n3,v0\n", [0]);
        File.WriteAllText(_folder.File("shapes.seed1.txt"), content);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => BenchmarkTable.Read(_folder.Path, "shapes").Split(1)).Message;
        Assert.AreEqual($"'shapes.seed1.txt' names the row {named}. Its lines must be different rows, 0 to 2.", message);
    }

    [TestMethod]
    public void A_folder_without_tables_is_refused() => Assert.EndsWith(
        "has no tables: no file whose name ends in .csv.gz.",
        Assert.ThrowsExactly<InvalidDataException>(() => BenchmarkTable.NamesIn(_folder.Path)).Message);

    [TestMethod]
    public void Errors_are_compared_as_a_geometric_mean_of_ratios_and_ranks_share_places()
    {
        // Errors of 0.1 to 0.2 and 0.3 to 0.2: ratios 1/2 and 3/2. Then none in 10 test rows to 0.2: half a row of two splits is 0.025.
        (BenchmarkTable First, BenchmarkTable Second, BenchmarkTable Third) tables = (Table("first"), Table("second"), Table("third"));
        var comparison = new TableComparison(
            [
                .. Results(tables.First, ("own", 0.9), ("other", 0.8), ("same", 0.9)),
                .. Results(tables.Second, ("own", 0.7), ("other", 0.8), ("same", 0.6985)),
                .. Results(tables.Third, ("own", 1), ("other", 0.8), ("same", 1)),
            ],
            ["own", "other", "same"]);

        (double ratio, int wins, int ties, int losses) = comparison.Compare("other", [tables.First, tables.Second]);
        Assert.AreEqual(Math.Sqrt(0.5 * 1.5), ratio, 1e-12);
        Assert.AreEqual((1, 0, 1), (wins, ties, losses));
        Assert.AreEqual(0.025 / 0.2, comparison.Compare("other", [tables.Third]).Ratio, 1e-12);
        (ratio, wins, ties, losses) = comparison.Compare("same", [tables.First, tables.Second, tables.Third]);
        Assert.AreEqual(Math.Cbrt(0.3 / 0.3015), ratio, 1e-12);
        Assert.AreEqual((0, 3, 0), (wins, ties, losses), "a difference of 0.0015 is a tie");

        Assert.AreEqual((1.5, 3.0, 1.5), (comparison.Rank(tables.First, "own"), comparison.Rank(tables.First, "other"),
            comparison.Rank(tables.First, "same")));
        Assert.AreEqual((2.0, 1.0, 3.0), (comparison.Rank(tables.Second, "own"), comparison.Rank(tables.Second, "other"),
            comparison.Rank(tables.Second, "same")));
    }

    [TestMethod]
    public void The_command_measures_compares_and_resumes()
    {
        // Two tables that a threshold separates, with ten test rows per split.
        foreach (string name in new[] { "one", "two" })
        {
            Write(
                name,
                "x,y,class\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 7 == 0 ? "" : i)},{i * 7 % 5},v{i / 30}\n")),
                [.. Enumerable.Range(0, 10).Select(i => 6 * i)]);
        }

        string json = _folder.File("results.jsonl");
        string[] arguments =
        [
            "tables", "--data", _folder.Path, "--contenders", "small=sal:HiddenUnits=8;NumberOfEpochs=20;LearningRate=0.01,lbfgs/tabular",
            "--splits", "2", "--json", json,
        ];
        (int code, string output, string errors) = Run([.. arguments, "--tables", "one"]);
        Assert.AreEqual(0, code, errors);
        Assert.AreEqual(4, File.ReadLines(json).Count());
        Assert.Contains("split=2 contender=lbfgs/tabular", output);
        Assert.Contains("result: contender=lbfgs/tabular error_ratio=", output);
        Assert.Contains(" sets=1 wins=", output);

        (code, output, errors) = Run([.. arguments, "--resume"]);
        Assert.AreEqual(0, code, errors);
        Assert.AreEqual(8, File.ReadLines(json).Count());
        Assert.HasCount(4, output.Split('\n').Where(line => line.Contains("split=", StringComparison.Ordinal)).ToArray());
        Assert.Contains(" sets=2 wins=", output);
        foreach (string line in File.ReadLines(json))
        {
            JsonElement run = JsonDocument.Parse(line).RootElement;
            Assert.AreEqual("tables", run.GetProperty("kind").GetString());
            Assert.IsInRange(0.7, 1, run.GetProperty("micro_accuracy").GetDouble());
            Assert.IsInRange(0, 1, run.GetProperty("calibration_error").GetDouble());
        }

        (code, output, errors) = Run(["tables", "--data", _folder.Path, "--contenders", "nobody"]);
        Assert.AreNotEqual(0, code);
        Assert.Contains("There is no contender 'nobody'. The contenders are sal, ", output + errors);
        (code, _, errors) = Run(["tables", "--data", _folder.Path, "--resume"]);
        Assert.AreNotEqual(0, code);
        Assert.Contains("--resume needs the file of --json.", errors);
    }

    private static (int Code, string Output, string Errors) Run(string[] arguments) => ProgramRun.Run(
        ProgramRun.Dotnet, [Path.Combine(AppContext.BaseDirectory, "Sal.Benchmarks.dll"), .. arguments], TimeSpan.FromMinutes(3));

    private static IEnumerable<(BenchmarkTable Table, Summary Summary)> Results(
        BenchmarkTable table, params (string Contender, double Accuracy)[] results) =>
        results.Select(result => (table, Summary.Of([Run(table, result, 1, -0.01), Run(table, result, 2, 0.01)]).Single()));

    // Accuracies of two splits whose mean is the result.
    private static Measurement Run(BenchmarkTable table, (string Contender, double Accuracy) result, int split, double difference) => new()
    {
        Kind = "tables", Set = table.Name, Contender = result.Contender, Seed = split,
        MicroAccuracy = result.Accuracy + (result.Accuracy == 1 ? 0 : difference),
        MacroAccuracy = 0.5, LogLoss = 1, TrainSeconds = 1, ScoreMicroseconds = 1,
    };

    // 20 rows, of which 10 are test rows in each of two splits.
    private BenchmarkTable Table(string name)
    {
        Write(name, "x,class\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},v{i % 2}\n")), [.. Enumerable.Range(0, 10)]);
        return BenchmarkTable.Read(_folder.Path, name);
    }

    // With two splits of the same test rows.
    private void Write(string name, string content, int[] test)
    {
        using (var stream = new GZipStream(File.Create(_folder.File($"{name}.csv.gz")), CompressionLevel.Fastest))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        }

        File.WriteAllLines(_folder.File($"{name}.seed1.txt"), test.Select(row => $"{row}"));
        File.Copy(_folder.File($"{name}.seed1.txt"), _folder.File($"{name}.seed2.txt"), overwrite: true);
    }
}
