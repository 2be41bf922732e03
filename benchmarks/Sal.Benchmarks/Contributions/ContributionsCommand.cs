using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Benchmarks.Accuracy;
using Sal.Benchmarks.Data;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Contributions;

/// <summary>
/// The command <c>contributions</c>: whether the contributions to single predictions find the columns that decide, add up, and what they
/// cost.
/// </summary>
internal static class ContributionsCommand
{
    private const int TrainingRows = 4_000, TestRows = 1_000, Rounds = 5;

    public static Command Create()
    {
        const string Description = "Measure contributions to single predictions: hits where the truth is known, completeness, time.";
        var seeds = new Option<int>("--seeds") { Description = "The number of tables and models.", DefaultValueFactory = _ => 5 };
        var command = new Command("contributions", Description) { seeds };
        command.SetAction((arguments, _) => Commands.Run(() => Run(arguments.GetValue(seeds))));
        return command;
    }

    private static void Run(int seeds)
    {
        Outcome[] outcomes = [.. Enumerable.Range(1, seeds).Select(Explain)];
        Write("contribution_accuracy", outcomes.Average(outcome => outcome.Accuracy), "F3");
        Write("contribution_hits", outcomes.Average(outcome => outcome.HitsFromAreaMean), "F3");
        Write("contribution_hits_typical_row", outcomes.Average(outcome => outcome.Hits), "F3");
        Write("contribution_pipeline_us", outcomes.Min(outcome => outcome.Microseconds), "F0");
        double error = outcomes.Max(outcome => outcome.Error), pathError = 0;
        BenchmarkSet digits = BenchmarkSets.Read("digits", DataFiles.Create(folder: null, noDownload: true));
        foreach ((string network, SalTrainingOptions options) in Networks())
        {
            NetworkOutcome outcome = Time(digits, options);
            error = Math.Max(error, outcome.Error);
            pathError = Math.Max(pathError, outcome.PathError);
            Write($"contribution_us_{network}", outcome.ExplainMicroseconds, "F0");
            Write($"predict_us_{network}", outcome.PredictMicroseconds, "F1");
            Write($"contribution_bytes_{network}", outcome.Bytes, "F0");
        }

        Write("contribution_path_error", pathError, "F4");
        Write("contribution_completeness_error", error, "E1");
    }

    private static void Write(string key, double value, string format) =>
        Console.WriteLine($"result: {key}={value.ToString(format, CultureInfo.InvariantCulture)}");

    private static Outcome Explain(int seed)
    {
        var mlContext = new MLContext(seed);
        IDataView train = mlContext.Data.LoadFromEnumerable(KnownTruthRow.Create(TrainingRows, seed));
        IDataView test = mlContext.Data.LoadFromEnumerable(KnownTruthRow.Create(TestRows, seed + 1_000));
        ITransformer model = mlContext.Transforms.TabularFeatures(labelColumnName: nameof(KnownTruthRow.Class))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(KnownTruthRow.Class)))
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Fit(train);
        IDataView scored = model.Transform(test);
        double accuracy = mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        ITransformer typical = mlContext.Transforms.CalculateContributions(model, train.Schema).Fit(scored);
        ITransformer areaMean = mlContext.Transforms.CalculateContributions(
            model, train.Schema, baseline: SalContributionBaseline.AreaMean).Fit(model.Transform(train));
        (double hits, double error) = Judge(typical.Transform(scored));
        (double hitsFromMean, double errorFromMean) = Judge(areaMean.Transform(scored));

        IDataView cached = mlContext.Data.Cache(scored, "Features");
        IDataView explained = typical.Transform(cached);
        _ = explained.GetColumn<float[]>("Contributions").Last();
        long start = Stopwatch.GetTimestamp();
        int rows = explained.GetColumn<float[]>("Contributions").Count();
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows;
        return new Outcome(accuracy, hits, hitsFromMean, Math.Max(error, errorFromMean), microseconds);
    }

    // The share of rows of which the deciding columns have the largest contributions, and the largest gap of a sum to the log-odds.
    private static (double Hits, double Error) Judge(IDataView explained)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        explained.Schema["Contributions"].GetSlotNames(ref slots);
        string[] names = [.. slots.DenseValues().Select(name => $"{name}")];
        float[][] contributions = [.. explained.GetColumn<float[]>("Contributions")], scores = [.. explained.GetColumn<float[]>("Score")];
        float[] baselines = [.. explained.GetColumn<float>("ContributionsBaseline")];
        double hits = contributions.Average(row => names.OrderByDescending(name => Math.Abs(row[Array.IndexOf(names, name)]))
            .Take(KnownTruthRow.Deciding.Length).Order().SequenceEqual(KnownTruthRow.Deciding.Order()) ? 1.0 : 0.0);
        double error = Enumerable.Range(0, scores.Length).Max(row =>
            Math.Abs(Math.Log((double)scores[row].Max() / scores[row].Min()) - baselines[row] - contributions[row].Sum(x => (double)x)));
        return (hits, error);
    }

    // On Digits, 64-256-256-256-10 but for the option that the name tells.
    private static IEnumerable<(string Network, SalTrainingOptions Options)> Networks()
    {
        yield return ("one_area", new SalTrainingOptions { NumberOfAreas = 1 });
        yield return ("areas8", new SalTrainingOptions { NumberOfAreas = 8 });
        yield return ("units128", new SalTrainingOptions { NumberOfAreas = 1, HiddenUnits = 128 });
        yield return ("tanh", new SalTrainingOptions { NumberOfAreas = 1, Activation = ActivationKind.Tanh });
        yield return ("residual6", new SalTrainingOptions
        {
            NumberOfAreas = 1, Activation = ActivationKind.Tanh, Residual = true, NumberOfLayers = 6,
        });
        yield return ("backpropagation", new SalTrainingOptions { NumberOfAreas = 1, Rule = LearningRule.Backpropagation });
    }

    private static NetworkOutcome Time(BenchmarkSet set, SalTrainingOptions options)
    {
        const int ManyPoints = 1_024, ComparedRows = 100;
        options.NumberOfEpochs = 15;
        options.DropoutRate = 0.1;
        RowSplit split = set.Split(seed: 1);
        using TrainingSet training = set.Rows.ToTrainingSet(split.Training);
        SalModel model = new SalTrainer(options).Train(training).Model;
        float[][] rows = [.. split.Test.ToArray().Select(row => set.Rows.Features(row).ToArray())];
        var explainer = new SalExplainer(model);
        var precise = new SalExplainer(model) { Points = ManyPoints };
        float[] contributions = new float[model.FeatureCount], exact = new float[model.FeatureCount];
        float[] probabilities = new float[model.ClassCount];
        double error = rows.Max(row => Gap(explainer.Explain(new FeatureVector(row), contributions), contributions));
        double pathError = rows.Take(ComparedRows).Average(row =>
        {
            explainer.Explain(new FeatureVector(row), contributions);
            precise.Explain(new FeatureVector(row), exact);
            return contributions.Zip(exact, (x, y) => Math.Abs(x - y)).Sum() / exact.Sum(Math.Abs);
        });
        long before = GC.GetAllocatedBytesForCurrentThread();
        double explain = Fastest(rows, row => explainer.Explain(new FeatureVector(row), contributions));
        double bytes = Math.Floor((GC.GetAllocatedBytesForCurrentThread() - before) / (double)(rows.Length * Rounds));
        return new NetworkOutcome(error, pathError, explain, Fastest(rows, row => model.Predict(row, probabilities)), bytes);
    }

    private static double Gap(SalExplanation explanation, float[] contributions) =>
        Math.Abs((double)explanation.LogOdds - explanation.BaselineLogOdds - contributions.Sum(x => (double)x));

    private static double Fastest(float[][] rows, Action<float[]> action)
    {
        double fastest = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            foreach (float[] row in rows)
            {
                action(row);
            }

            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMicroseconds / rows.Length);
        }

        return fastest;
    }

    /// <summary>What one table showed.</summary>
    /// <param name="Accuracy">The accuracy of the model on the rows that are explained.</param>
    /// <param name="Hits">The share of rows whose deciding columns come first, from the typical row.</param>
    /// <param name="HitsFromAreaMean">The same, from the mean of the area.</param>
    /// <param name="Error">The largest gap of a sum of contributions to the change of the log-odds.</param>
    /// <param name="Microseconds">The time per row of the transform, without the rest of the pipeline.</param>
    private sealed record Outcome(double Accuracy, double Hits, double HitsFromAreaMean, double Error, double Microseconds);

    /// <summary>What one network showed.</summary>
    /// <param name="Error">The largest gap of a sum of contributions to the change of the log-odds.</param>
    /// <param name="PathError">The mean difference from contributions with many points, relative to the sum of their absolute values.</param>
    /// <param name="ExplainMicroseconds">The time per row to explain.</param>
    /// <param name="PredictMicroseconds">The time per row to predict.</param>
    /// <param name="Bytes">The bytes allocated per explained row.</param>
    private sealed record NetworkOutcome(
        double Error, double PathError, double ExplainMicroseconds, double PredictMicroseconds, double Bytes);
}
