using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sweep;

const string ModelFile = "sweep.zip";
const int Folds = 3;

var seconds = new Option<int>("--seconds") { Description = "How long to search. A trial that is still running then is cancelled.", DefaultValueFactory = _ => 60 };
seconds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int value) && value is >= 1 and <= 86_400))
    {
        result.AddError($"--seconds is '{text}', but must be a number from 1 to 86400.");
    }
});
var command = new RootCommand("Searches the options of SAL on handwritten digits, and saves the best pipeline.") { seconds };

// On a thread of its own: Ctrl+C ends the process at once while an action has not yet given its task back.
command.SetAction((arguments, cancellationToken) => Task.Run(() => RunAsync(arguments.GetValue(seconds), cancellationToken), CancellationToken.None));

// After Ctrl+C there is still the best pipeline to train and save.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });

static async Task<int> RunAsync(int seconds, CancellationToken cancellationToken)
{
    var mlContext = new MLContext(seed: 1);
    DataOperationsCatalog.TrainTestData split = mlContext.Data.TrainTestSplit(Digit.Load(mlContext), testFraction: 0.2, seed: 1);
    Console.WriteLine($"{Search.Description}, {Folds} folds, {seconds} s. Ctrl+C ends it earlier, with the best so far.");

    long start = Stopwatch.GetTimestamp();
    (IReadOnlyList<Trial> trials, Trial? best, Func<IEstimator<ITransformer>> pipeline) =
        await Search.RunAsync(mlContext, split.TrainSet, Folds, TimeSpan.FromSeconds(seconds), cancellationToken);
    double searched = Stopwatch.GetElapsedTime(start).TotalSeconds;
    TrialTable.Show(trials);
    if (best is null)
    {
        Console.Error.WriteLine("No trial was completed. Search longer: --seconds 120.");
        return 1;
    }

    // Trained anew on all rows of the search, and evaluated on rows that the search has never seen.
    ITransformer model = pipeline().Fit(split.TrainSet);
    mlContext.Model.Save(model, split.TrainSet.Schema, ModelFile);
    MulticlassClassificationMetrics metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
    Console.WriteLine($"The best is trial {best.Number}, {best.Trainer}. Trained on all rows it is saved as {Path.GetFullPath(ModelFile)}.");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"result: trials={trials.Count(trial => trial.MicroAccuracy is not null)} cancelled={trials.Count(trial => trial.MicroAccuracy is null)} best={best.Trainer} "
        + $"fold_micro_accuracy={best.MicroAccuracy:F4} test_micro_accuracy={metrics.MicroAccuracy:F4} search_seconds={searched:F1}"));
    return 0;
}
