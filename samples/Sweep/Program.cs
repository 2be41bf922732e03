using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sweep;
using static System.FormattableString;

const string ModelFile = "sweep.zip";
const int Folds = 3;

var seconds = new Option<int>("--seconds") { Description = "How long to search, in seconds.", DefaultValueFactory = _ => 60 };
seconds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int value) && value is >= 1 and <= 86_400))
    {
        result.AddError($"--seconds is '{text}', but must be a number from 1 to 86400.");
    }
});
var command = new RootCommand("Searches the options of SAL and two other trainers on handwritten digits, and saves the best.") { seconds };

// On a thread of its own: Ctrl+C would end the process at once while the action has not yet returned its task.
command.SetAction((arguments, cancellation) => Task.Run(() => Run(arguments.GetValue(seconds), cancellation), CancellationToken.None));

// After Ctrl+C, the best pipeline still has to be trained and saved.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
return await command.Parse(args).InvokeAsync(invocation);

static int Run(int seconds, CancellationToken cancellationToken)
{
    var mlContext = new MLContext(seed: 1);
    DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(Digit.Load(mlContext), testFraction: 0.2, seed: 1);
    var search = new RandomSearch(DigitPipelines.CreateTrainers(), split.TrainSet, Folds);
    search.Improved += trial =>
        Console.WriteLine(Invariant($"Trial {trial.Number}, {trial.Candidate.Trainer}: {trial.MicroAccuracy:F4}, the best so far."));
    Console.WriteLine($"Searching {seconds} s with {Folds} folds. Ctrl+C ends the search early, with the best so far.");

    long start = Stopwatch.GetTimestamp();
    using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    limit.CancelAfter(TimeSpan.FromSeconds(seconds));
    IReadOnlyList<Trial> trials = search.Run(limit.Token);
    double searched = Stopwatch.GetElapsedTime(start).TotalSeconds;

    TrialTable.Write(trials);
    Trial? best = trials.Where(trial => trial.IsCompleted).MaxBy(trial => trial.MicroAccuracy);
    if (best is null)
    {
        Console.Error.WriteLine(trials.Any(trial => trial.IsCanceled)
            ? $"No trial was completed in {searched:F0} s. Search longer: see --seconds."
            : "Every trial failed; the reasons are listed above.");
        return 1;
    }

    // Retrained on all rows of the search, and evaluated on rows that the search has never seen.
    ITransformer model = search.Train(best.Candidate);
    mlContext.Model.Save(model, split.TrainSet.Schema, ModelFile);
    MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine($"The best is trial {best.Number}, {best.Candidate.Trainer}. Trained on all rows of the search, it is saved as");
    Console.WriteLine(Path.GetFullPath(ModelFile));
    int completed = trials.Count(trial => trial.IsCompleted);
    int canceled = trials.Count(trial => trial.IsCanceled);
    Console.Write(Invariant($"result: trials={completed} canceled={canceled} failed={trials.Count - completed - canceled} "));
    Console.Write(Invariant($"best={best.Candidate.Trainer} fold_micro_accuracy={best.MicroAccuracy:F4} "));
    Console.WriteLine(Invariant($"test_micro_accuracy={metrics.MicroAccuracy:F4} search_seconds={searched:F1}"));
    return 0;
}
