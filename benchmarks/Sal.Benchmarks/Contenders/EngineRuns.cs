using System.Diagnostics;
using System.Text.Json;
using Sal.Benchmarks.Data;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>
/// Runs the engine. Contenders with the same options share one run: their models would be the same to the bit.
/// </summary>
internal sealed class EngineRuns
{
    private readonly Dictionary<string, Outcome> _outcomes = [];
    private BenchmarkSet? _set;

    public Outcome Run(Trial trial, SalTrainingOptions options, CancellationToken cancellationToken)
    {
        if (_set != trial.Set)
        {
            _outcomes.Clear();
            _set = trial.Set;
        }

        using TrainingSet rows = trial.Set.Rows.ToTrainingSet(trial.Split.Training);
        options = options.Clone();
        options.Seed = trial.Seed;
        string key = JsonSerializer.Serialize(options);
        if (!_outcomes.TryGetValue(key, out Outcome? outcome))
        {
            _outcomes[key] = outcome = Train(trial, rows, options, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Trains on part of the rows and returns the mean cross-entropy on those held out, to pick options by.</summary>
    public static double ValidationLoss(LabeledRows rows, RowSplit heldOut, SalTrainingOptions options, CancellationToken cancellationToken)
    {
        using TrainingSet training = rows.ToTrainingSet(heldOut.Training);
        SalModel model = new SalTrainer(options).Train(training, cancellationToken: cancellationToken).Model;
        float[] probabilities = Score(model, rows, heldOut.Test);
        return Results.Metrics.Of(probabilities, heldOut.Test.Select(rows.Label).ToArray(), rows.ClassCount).LogLoss;
    }

    private static Outcome Train(Trial trial, TrainingSet rows, SalTrainingOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        SalTrainingResult result = new SalTrainer(options).Train(rows, cancellationToken: cancellationToken);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        SalModel model = result.Model;
        int[] test = trial.Split.Test;
        Score(model, trial.Set.Rows, test[..Math.Min(100, test.Length)]);
        start = Stopwatch.GetTimestamp();
        float[] probabilities = Score(model, trial.Set.Rows, test);
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / test.Length;
        return new Outcome(probabilities, seconds, microseconds)
        {
            ActiveParameters = model.ActiveParameterCount,
            TotalParameters = model.ParameterCount,
            Areas = model.NumberOfAreas,
            Layers = options.NumberOfLayers,
            Epochs = result.History.Epochs,
            LearningRate = options.LearningRate,
        };
    }

    private static float[] Score(SalModel model, LabeledRows rows, int[] test)
    {
        var probabilities = new float[test.Length * rows.ClassCount];
        for (int i = 0; i < test.Length; i++)
        {
            model.Predict(rows.Features(test[i]), probabilities.AsSpan(i * rows.ClassCount, rows.ClassCount));
        }

        return probabilities;
    }
}
