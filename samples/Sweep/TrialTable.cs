using Spectre.Console;
using static System.FormattableString;

namespace Sweep;

/// <summary>Writes a table of each trainer's best trials, then each trainer's best settings and the errors of failed trials.</summary>
internal static class TrialTable
{
    private const int TrialsPerTrainer = 5;

    public static void Write(IReadOnlyList<Trial> trials)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Trial", "Trainer", "Micro-accuracy", "Seconds");
        ILookup<string, Trial> completed = trials.Where(trial => trial.IsCompleted).ToLookup(trial => trial.Candidate.Trainer);
        IEnumerable<Trial> best = completed.SelectMany(trainer => BestFirst(trainer).Take(TrialsPerTrainer));
        foreach (Trial trial in BestFirst(best).Concat(trials.Where(trial => !trial.IsCompleted)))
        {
            string outcome = trial.IsCompleted ? Invariant($"{trial.MicroAccuracy:F4}") : trial.IsCanceled ? "canceled" : "failed";
            table.AddRow(Invariant($"{trial.Number}"), trial.Candidate.Trainer, outcome, Invariant($"{trial.Elapsed.TotalSeconds:F1}"));
        }

        AnsiConsole.Write(table);
        foreach (IGrouping<string, Trial> trainer in completed)
        {
            Trial trial = BestFirst(trainer).First();
            string settings = Describe(trial.Candidate.Settings);
            Console.WriteLine(Invariant($"{trainer.Key} completed {trainer.Count()}. The best is trial {trial.Number}: {settings}"));
        }

        foreach (Trial trial in trials.Where(trial => trial.Error is not null))
        {
            string? error = trial.Error?.ReplaceLineEndings(" ");
            Console.WriteLine(Invariant($"Trial {trial.Number}, {trial.Candidate.Trainer}, failed: {error}"));
        }
    }

    private static IEnumerable<Trial> BestFirst(IEnumerable<Trial> trials) =>
        trials.OrderByDescending(trial => trial.MicroAccuracy).ThenBy(trial => trial.Number);

    private static string Describe(object settings) =>
        string.Join(", ", settings.GetType().GetProperties().Select(property => $"{property.Name} {Shorten(property.GetValue(settings))}"));

    private static string Shorten(object? value) => value is double or float ? Invariant($"{value:G3}") : Invariant($"{value}");
}
