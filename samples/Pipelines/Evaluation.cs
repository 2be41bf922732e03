using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pipelines;

/// <summary>What all three pipelines do: train on four fifths of the rows, evaluate on the rest, save, and load back.</summary>
internal static class Evaluation
{
    /// <summary>Returns the model as it was loaded back.</summary>
    public static ITransformer TrainAndSave(MLContext mlContext, IEstimator<ITransformer> pipeline, IDataView data, string path)
    {
        DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(data, testFraction: 0.2, seed: 1);
        long start = Stopwatch.GetTimestamp();
        ITransformer model = pipeline.Fit(split.TrainSet);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
        mlContext.Model.Save(model, data.Schema, path);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"result: model={path} micro_accuracy={metrics.MicroAccuracy:F4} macro_accuracy={metrics.MacroAccuracy:F4} log_loss={metrics.LogLoss:F4} "
            + $"train_seconds={seconds:F1} peak_MiB={Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576}"));
        return mlContext.Model.Load(path, out _);
    }
}
