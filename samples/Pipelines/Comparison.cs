using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace Pipelines;

/// <summary>Runs several trainers on the same rows and features, and evaluates them on held-out rows.</summary>
internal static class Comparison
{
    /// <summary>Shows the figures of all trainers, saves the pipeline of the first trainer and seed, and loads it back.</summary>
    public static ITransformer Run(
        string modelFile,
        int seeds,
        Func<MLContext, IDataView> load,
        Func<MLContext, IEstimator<ITransformer>> transforms,
        IReadOnlyList<(string Name, Func<MLContext, IEstimator<ITransformer>> Create)> trainers)
    {
        var evaluations = new List<(string Trainer, MulticlassClassificationMetrics Metrics, double Seconds)>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            var mlContext = new MLContext(seed);
            IDataView data = load(mlContext);
            DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(data, testFraction: 0.2, seed: seed);
            ITransformer features = transforms(mlContext).Fit(split.TrainSet);
            IDataView training = Cache(mlContext, features.Transform(split.TrainSet));
            IDataView test = Cache(mlContext, features.Transform(split.TestSet));
            foreach ((string name, Func<MLContext, IEstimator<ITransformer>> create) in trainers)
            {
                if (Train(create(mlContext), training, name) is not var (trained, seconds))
                {
                    continue;
                }

                IDataView scored = trained.Transform(test);
                MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(scored);
                evaluations.Add((name, metrics, seconds));
                if (evaluations.Count == 1)
                {
                    ITransformer classNames = mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored);
                    mlContext.Model.Save(features.Append(trained).Append(classNames), data.Schema, modelFile);
                    ShowFirst(name, training, scored, metrics, modelFile);
                }
            }
        }

        ShowTable(evaluations.GroupBy(evaluation => evaluation.Trainer, evaluation => (evaluation.Metrics, evaluation.Seconds)));
        return new MLContext().Model.Load(modelFile, out _);
    }

    // Some trainers read the rows many times. Filling the cache first keeps the transforms out of the measured training times.
    private static IDataView Cache(MLContext mlContext, IDataView rows)
    {
        IDataView cached = mlContext.Data.Cache(rows);
        using DataViewRowCursor cursor = cached.GetRowCursor([cached.Schema["Features"], cached.Schema["Label"]]);
        while (cursor.MoveNext())
        {
        }

        return cached;
    }

    private static (ITransformer Trained, double Seconds)? Train(IEstimator<ITransformer> trainer, IDataView rows, string name)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            ITransformer trained = trainer.Fit(rows);
            return (trained, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch (Exception exception) when (exception.GetBaseException() is DllNotFoundException missing)
        {
            Console.Error.WriteLine(
                $"{name} is left out: its native library cannot be loaded. On Debian and Ubuntu, LightGBM needs the package libgomp1. "
                + missing.Message);
            return null;
        }
    }

    private static void ShowFirst(
        string name, IDataView training, IDataView scored, MulticlassClassificationMetrics metrics, string modelFile)
    {
        var features = (VectorDataViewType)training.Schema["Features"].Type;
        VBuffer<ReadOnlyMemory<char>> classes = default;
        scored.Schema["Score"].GetSlotNames(ref classes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(training):N0} rows to train on, {Count(scored):N0} to evaluate on, {features.Size:N0} features, "
            + $"{classes.Length} classes."));
        Console.WriteLine(
            $"{name} is trained and saved as {Path.GetFullPath(modelFile)}. "
            + $"Peak memory of the process so far: {PeakMebibytes} MiB.");

        var confusions = from truth in Enumerable.Range(0, classes.Length)
                         from predicted in Enumerable.Range(0, classes.Length)
                         where truth != predicted
                         let rows = metrics.ConfusionMatrix.Counts[truth][predicted]
                         orderby rows descending
                         select $"{classes.GetItemOrDefault(truth)} as {classes.GetItemOrDefault(predicted)} ({rows} rows)";
        Console.WriteLine($"Its most frequent confusions: {string.Join(", ", confusions.Take(3))}.");

        static long Count(IDataView rows) => rows.GetColumn<uint>("Label").LongCount();
    }

    private static long PeakMebibytes => Process.GetCurrentProcess().PeakWorkingSet64 >> 20;

    private static void ShowTable(IEnumerable<IGrouping<string, (MulticlassClassificationMetrics Metrics, double Seconds)>> trainers)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Trainer", "Micro acc.", "Macro acc.", "Log-loss", "Seconds");
        foreach (IGrouping<string, (MulticlassClassificationMetrics Metrics, double Seconds)> trainer in trainers)
        {
            table.AddRow(
                trainer.Key,
                Figure(trainer.Select(evaluation => evaluation.Metrics.MicroAccuracy), "F3"),
                Figure(trainer.Select(evaluation => evaluation.Metrics.MacroAccuracy), "F3"),
                Figure(trainer.Select(evaluation => evaluation.Metrics.LogLoss), "F3"),
                Figure(trainer.Select(evaluation => evaluation.Seconds), "F1"));
        }

        AnsiConsole.Write(table);
    }

    // The mean over all seeds and, if there is more than one, the standard deviation.
    private static string Figure(IEnumerable<double> values, string format)
    {
        double[] all = [.. values];
        double mean = all.Average();
        string text = mean.ToString(format, CultureInfo.InvariantCulture);
        if (all.Length == 1)
        {
            return text;
        }

        double deviation = Math.Sqrt(all.Sum(value => Math.Pow(value - mean, 2)) / (all.Length - 1));
        return $"{text} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
