using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Microsoft.ML.Transforms;
using Sal.Core.Training;
using Spectre.Console;

namespace Quickstart.Digits;

/// <summary>
/// Runs the whole cycle on digits: split, train with SAL's local rule and with backpropagation at the same settings, evaluate, save, load,
/// score.
/// </summary>
internal static class DigitTraining
{
    private const string ModelPath = "digits.zip";
    private const string ReportPath = "digits.html";

    private static readonly (string Name, LearningRule Rule)[] _rules =
        [("local-aligned", LearningRule.Local), ("backpropagation", LearningRule.Backpropagation)];

    public static int Run(int seeds)
    {
        var evaluations = new List<(string Rule, MulticlassClassificationMetrics Metrics, double Seconds)>();
        for (int seed = 0; seed < seeds; seed++)
        {
            var mlContext = new MLContext(seed);
            DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(Digit.Load(mlContext), testFraction: 0.2, seed: seed);
            foreach ((string name, LearningRule rule) in _rules)
            {
                (ITransformer model, double seconds) = Train(mlContext, split.TrainSet, rule, seeds == 1 ? name : $"{name}, seed {seed}");
                MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
                evaluations.Add((name, metrics, seconds));
                if (seed == 0 && rule == LearningRule.Local)
                {
                    mlContext.Model.Save(model, split.TrainSet.Schema, ModelPath);
                    SalReport.WriteHtml(ReportPath, ModelFile.GetParameters(model), metrics);
                }
            }
        }

        Console.WriteLine(evaluations[0].Metrics.ConfusionMatrix.GetFormattedConfusionTable());
        Summary[] summaries = [.. evaluations.GroupBy(evaluation => evaluation.Rule).Select(rule => new Summary(
            rule.Key,
            new Figure(rule.Select(evaluation => evaluation.Metrics.MicroAccuracy)),
            new Figure(rule.Select(evaluation => evaluation.Metrics.MacroAccuracy)),
            new Figure(rule.Select(evaluation => evaluation.Metrics.LogLoss)),
            new Figure(rule.Select(evaluation => evaluation.Seconds))))];
        ShowTable(summaries);
        string modelPath = Path.GetFullPath(ModelPath), reportPath = Path.GetFullPath(ReportPath);
        Console.WriteLine($"The report on the local rule's model (curves, areas, confusion matrix) is {reportPath}: open it in a browser.");
        Console.WriteLine($"The local rule's model{(seeds == 1 ? "" : " of seed 0")} is saved as {modelPath}. Loaded back:");
        int exitCode = DigitScoring.Run(new FileInfo(ModelPath));
        foreach (Summary summary in summaries)
        {
            Console.WriteLine(
                $"result: rule={summary.Rule} micro_accuracy={summary.MicroAccuracy.Mean("F4")} "
                + $"macro_accuracy={summary.MacroAccuracy.Mean("F4")} "
                + $"log_loss={summary.LogLoss.Mean("F4")} train_seconds={summary.Seconds.Mean("F1")}");
        }

        return exitCode;
    }

    private static (ITransformer Model, double Seconds) Train(MLContext mlContext, IDataView rows, LearningRule rule, string description) =>
        TrainingBar.Show(description, progress =>
        {
            var trainer = mlContext.MulticlassClassification.Trainers.Sal(
                new SalMulticlassTrainer.Options { Rule = rule, Progress = progress });
            var pipeline = mlContext.Transforms.Conversion
                .MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .Append(trainer)
                .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
            long start = Stopwatch.GetTimestamp();
            ITransformer model = pipeline.Fit(rows);
            return (model, Stopwatch.GetElapsedTime(start).TotalSeconds);
        });

    private static void ShowTable(IEnumerable<Summary> summaries)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Rule", "Micro acc.", "Macro acc.", "Log-loss", "Seconds");
        foreach (Summary summary in summaries)
        {
            table.AddRow(
                summary.Rule,
                summary.MicroAccuracy.Show("F3"),
                summary.MacroAccuracy.Show("F3"),
                summary.LogLoss.Show("F3"),
                summary.Seconds.Show("F1"));
        }

        AnsiConsole.Write(table);
    }

    private sealed record Summary(string Rule, Figure MicroAccuracy, Figure MacroAccuracy, Figure LogLoss, Figure Seconds);

    /// <summary>Summarizes a figure over all seeds.</summary>
    private sealed class Figure(IEnumerable<double> values)
    {
        private readonly double[] _values = [.. values];

        public string Mean(string format) => _values.Average().ToString(format, CultureInfo.InvariantCulture);

        public string Show(string format)
        {
            double deviation = Math.Sqrt(_values.Average(value => Math.Pow(value - _values.Average(), 2)));
            return _values.Length == 1 ? Mean(format) : $"{Mean(format)} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}";
        }
    }
}
