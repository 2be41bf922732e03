using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Contenders;

/// <summary>One of ML.NET's own multiclass trainers.</summary>
internal sealed class MLNetContender(MLNetTrainer trainer) : IContender
{
    private const int WarmupRows = 100;

    public string Name => NameOf(trainer);

    public string? Obstacle => null;

    public static string NameOf(MLNetTrainer trainer) => $"{trainer.Name}-mlnet";

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        (LabeledRows rows, int[] test) = (trial.Set.Rows, trial.Split.Test);
        var mlContext = new MLContext(trial.Seed);
        IDataView training = new MLNetRows(rows, trial.Split.Training).ToDataView(mlContext);
        long start = Stopwatch.GetTimestamp();
        ITransformer model = trainer.Create(mlContext).Fit(training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        Score(test.AsSpan(0, Math.Min(WarmupRows, test.Length)));
        (float[] probabilities, double microseconds) = Score(test);
        long? parameters = trainer.IsLinear ? (long)rows.ClassCount * (rows.FeatureCount + 1) : null;
        return new Outcome(probabilities, seconds, microseconds / test.Length)
        {
            ActiveParameters = parameters,
            TotalParameters = parameters,
            DependsOnSeed = trainer.DependsOnSeed,
        };

        (float[] Probabilities, double Microseconds) Score(ReadOnlySpan<int> picked)
        {
            IDataView view = new MLNetRows(rows, picked).ToDataView(mlContext);
            long start = Stopwatch.GetTimestamp();
            float[] scores = [.. model.Transform(view).GetColumn<float[]>("Score").SelectMany(ofRow => ofRow)];
            return (scores, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }
}
