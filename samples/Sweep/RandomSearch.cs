using System.Diagnostics;
using Microsoft.ML;

namespace Sweep;

/// <summary>
/// Searches at random with cross-validation. The trainers take turns: the next is always the one whose trials have taken the least time.
/// </summary>
/// <param name="trainers">The trainers that take part.</param>
/// <param name="rows">The rows to train and validate on.</param>
/// <param name="folds">The number of folds. All trials see the same ones.</param>
internal sealed class RandomSearch(IReadOnlyList<SweptTrainer> trainers, IDataView rows, int folds)
{
    private const int Seed = 1;

    /// <summary>Occurs when a trial is better than all before it.</summary>
    public event Action<Trial>? Improved;

    /// <summary>
    /// Tries pipelines until the token is canceled. SAL then stops in the middle of training. ML.NET has no public way to stop its own
    /// trainers, so with those the search waits for the end of the current fold.
    /// </summary>
    /// <returns>All trials, in order.</returns>
    public IReadOnlyList<Trial> Run(CancellationToken cancellationToken)
    {
        IReadOnlyList<DataOperationsCatalog.TrainTestData> splits = new MLContext(Seed).Data.CrossValidationSplit(rows, folds, seed: Seed);
        List<SweptTrainer> active = [.. trainers];
        List<Trial> trials = [];
        double best = double.NegativeInfinity;
        while (!cancellationToken.IsCancellationRequested && active.MinBy(trainer => trainer.Elapsed) is { } trainer)
        {
            bool isFirst = trainer.Elapsed == TimeSpan.Zero;
            Trial trial = Try(trials.Count + 1, trainer.Propose(), splits, cancellationToken);
            trials.Add(trial);
            trainer.Elapsed += trial.Elapsed;
            if (trial.MicroAccuracy > best)
            {
                best = trial.MicroAccuracy.Value;
                Improved?.Invoke(trial);
            }

            // A trainer whose defaults fail is unlikely to succeed later, and by failing fast it would get all the turns.
            if (isFirst && trial.Error is not null)
            {
                active.Remove(trainer);
            }
        }

        return trials;
    }

    /// <summary>Trains a pipeline on all rows of the search.</summary>
    public ITransformer Train(Candidate candidate) => candidate.Build(new MLContext(Seed), CancellationToken.None).Fit(rows);

    private static Trial Try(
        int number, Candidate candidate, IReadOnlyList<DataOperationsCatalog.TrainTestData> splits, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            double sum = 0;
            foreach (DataOperationsCatalog.TrainTestData split in splits)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // A context per fold, with the same seed: equal settings give equal results, whatever was tried before.
                var mlContext = new MLContext(Seed);
                ITransformer model = candidate.Build(mlContext, cancellationToken).Fit(split.TrainSet);
                sum += mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet)).MicroAccuracy;
            }

            return new Trial(number, candidate, sum / splits.Count, Stopwatch.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Trial(number, candidate, null, Stopwatch.GetElapsedTime(start));
        }
        catch (Exception exception)
        {
            // The search goes on: one failure must not cost the trials before it.
            return new Trial(number, candidate, null, Stopwatch.GetElapsedTime(start), exception.Message);
        }
    }
}
