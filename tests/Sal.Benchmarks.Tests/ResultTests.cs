using Sal.Benchmarks.Ablation;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Results;
using Sal.Core.Training;

namespace Sal.Benchmarks.Tests;

[TestClass]
public class ResultTests
{
    [TestMethod]
    public void Metrics_of_known_probabilities()
    {
        // Class 0 twice, hit once; class 1 once, hit.
        Metrics metrics = Metrics.Of([0.5f, 0.5f, 0.25f, 0.75f, 0f, 1f], [0, 0, 1], 2);
        Assert.AreEqual(2.0 / 3, metrics.MicroAccuracy, 1e-12);
        Assert.AreEqual(0.75, metrics.MacroAccuracy, 1e-12);
        Assert.AreEqual((Math.Log(2) + Math.Log(4)) / 3, metrics.LogLoss, 1e-7);
    }

    [TestMethod]
    public void The_calibration_error_is_that_of_15_bins()
    {
        // 0.52 and 0.53 are in the bin from 7/15, hit once: 2 x |0.525 - 0.5|. 0.9 is in the bin from 13/15, hit: 0.1. 1 is in the last
        // one, missed.
        Metrics metrics = Metrics.Of([0.52f, 0.48f, 0.47f, 0.53f, 0.9f, 0.1f, 1f, 0f], [0, 0, 0, 1], 2);
        Assert.AreEqual((0.05 + 0.1 + 1) / 4, metrics.CalibrationError, 1e-6);
    }

    [TestMethod]
    public void The_result_line_has_the_agreed_form()
    {
        Summary summary = Summary.Of([Run(0, 0.97), Run(1, 0.98)]).Single();
        Assert.AreEqual(
            "result: set=digits contender=sal-default seeds=2 micro_accuracy=0.9750 deviation=0.0071 macro_accuracy=0.9600 "
            + "log_loss=0.081 train_seconds=2.1 score_us=3.0",
            summary.ResultLine());
    }

    [TestMethod]
    [DataRow("my file", "set=\"my file\" ", "| my file |")]
    [DataRow("a|b", "set=a|b ", "| a\\|b |")]
    [DataRow("a\nb", "set=\"a\\nb\" ", "| a b |")]
    [DataRow("a=\"b\"", "set=\"a=\\u0022b\\u0022\" ", "| a=\"b\" |")]
    public void The_name_of_a_file_can_be_read_back(string name, string field, string cell)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("results.jsonl");
        ResultFile.Append(path, Run(0, 0.9) with { Set = name });
        List<Measurement> read = ResultFile.Read(path);

        Assert.AreEqual(name, read.Single().Set);
        Assert.Contains(field, Summary.Of(read).Single().ResultLine());
        Assert.Contains(cell, new MarkdownReport(read).Write());
    }

    [TestMethod]
    public void A_results_file_gives_back_what_was_appended_and_the_later_of_two()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("results.jsonl");
        foreach (Measurement run in (Measurement[])[Run(0, 0.9), Run(1, 0.8), Run(0, 0.95)])
        {
            ResultFile.Append(path, run);
        }

        List<Measurement> read = ResultFile.Read(path);
        Assert.HasCount(2, read);
        Assert.Contains(Run(0, 0.95), read);
        string report = new MarkdownReport(read).Write();
        StringAssert.Contains(report, "| sal-default | 87.50 ± 10.61 | 87.50 |");
    }

    [TestMethod]
    public void Histories_stand_beside_measurements_in_a_results_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("results.jsonl");
        ResultFile.Append(path, Run(0, 0.9));
        SalEpoch[] epochs =
        [
            new(1, TrainingPhase.Shared, 1e-3, 1.23456, 0.5, 0.1, [10]),
            new(2, TrainingPhase.Routed, 1e-3, 0.5, 0.75, 0.1, [4, 6]),
        ];
        ResultFile.Append(path, History.Of("digits", "sal-default", 0, epochs));
        Assert.HasCount(1, ResultFile.Read(path));
        History read = ResultFile.ReadHistories(path).Single();
        Assert.AreEqual((1, null), (read.SharedEpochs, read.ValidationLoss));
        CollectionAssert.AreEqual(new[] { 1.235, 0.5 }, read.TrainingLoss);
        CollectionAssert.AreEqual(new[] { 4, 6 }, read.AreaLoads);

        File.AppendAllText(path, "{\"kind\":\"accur");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ResultFile.Read(path)).Message, "line 3");
    }

    /// <summary>The lines of docs/results.md, written again: a later version of the benchmarks reads the results of this one.</summary>
    [TestMethod]
    public void The_published_results_are_written_as_they_were_read()
    {
        string published = Path.Combine(AppContext.BaseDirectory, "Data", "results.jsonl");
        using var folder = new TemporaryFolder();
        string again = folder.File("results.jsonl");
        ResultFile.Read(published).ForEach(measurement => ResultFile.Append(again, measurement));
        ResultFile.ReadHistories(published).ForEach(history => ResultFile.Append(again, history));

        string[] expected = [.. File.ReadLines(published).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, File.ReadLines(again).Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void Every_part_of_the_ablations_has_a_table_of_its_own()
    {
        string report = new MarkdownReport(
        [
            .. AblationPart.All.SelectMany(part => part.Contenders(new EngineRuns()).Select((contender, i) => Run(0, i / 100.0) with
            {
                Kind = "ablation",
                Part = part.Name,
                Contender = contender.Name,
            })),
        ]).Write();
        foreach (AblationPart part in AblationPart.All)
        {
            StringAssert.Contains(
                report,
                $"### {part.Title}\n\n{(part.Note is null ? "" : part.Note + "\n\n")}"
                + "| accuracy, % | digits |\n| --- | --- |\n"
                + $"| {part.Contenders(new EngineRuns())[0].Name} | 0.00 (1 seed) |");
        }
    }

    [TestMethod]
    public void Options_are_read_from_text()
    {
        var options = new SalTrainingOptions { NumberOfAreas = 3 };
        OptionText.Parse("DropoutRate=0.25;Rule=Backpropagation;NumberOfAreas=null;EarlyStoppingPatience=4")(options);
        Assert.AreEqual(
            (0.25, LearningRule.Backpropagation, null, 4),
            (options.DropoutRate, options.Rule, options.NumberOfAreas, options.EarlyStoppingPatience));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => OptionText.Parse("Dropout=1")).Message, "'Dropout=1'");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => OptionText.Parse("Rule=Magic")).Message, "Magic");
    }

    private static Measurement Run(int seed, double accuracy) => new()
    {
        Kind = "accuracy",
        Set = "digits",
        Contender = "sal-default",
        Seed = seed,
        MicroAccuracy = accuracy,
        MacroAccuracy = 0.96,
        LogLoss = 0.081,
        TrainSeconds = 2.1,
        ScoreMicroseconds = 3,
    };
}
