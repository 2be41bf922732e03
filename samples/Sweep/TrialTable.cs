using System.Globalization;
using Spectre.Console;

namespace Sweep;

/// <summary>The best trials of each trainer as a table, and those without a result.</summary>
internal static class TrialTable
{
    private const int TrialsOfATrainer = 5;

    public static void Show(IReadOnlyList<Trial> trials)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Trial", "Trainer", "Micro accuracy", "Seconds", "Settings");
        Trial[] shown =
        [
            .. trials.Where(trial => trial.MicroAccuracy is not null).GroupBy(trial => trial.Trainer)
                .SelectMany(trainer => trainer.OrderByDescending(trial => trial.MicroAccuracy).ThenBy(trial => trial.Number).Take(TrialsOfATrainer))
                .OrderByDescending(trial => trial.MicroAccuracy).ThenBy(trial => trial.Number),
            .. trials.Where(trial => trial.MicroAccuracy is null),
        ];
        foreach (Trial trial in shown)
        {
            table.AddRow(
                trial.Number.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(trial.Trainer),
                Markup.Escape(trial.MicroAccuracy?.ToString("F4", CultureInfo.InvariantCulture) ?? trial.Remark),
                trial.Seconds.ToString("F1", CultureInfo.InvariantCulture),
                Markup.Escape(trial.Settings));
        }

        AnsiConsole.Write(table);
        foreach (IGrouping<string, Trial> trainer in trials.GroupBy(trial => trial.Trainer).Where(trainer => trainer.Count() > TrialsOfATrainer))
        {
            Console.WriteLine($"{trainer.Key}: {trainer.Count()} trials, of which the best {TrialsOfATrainer} are shown.");
        }
    }

    /// <summary>The properties of a search space's values, shortened.</summary>
    public static string Describe(object space) => string.Join(", ", space.GetType().GetProperties().Select(property => $"{property.Name} {Short(property.GetValue(space))}"));

    private static string Short(object? value) => value switch
    {
        double number => number.ToString("G3", CultureInfo.InvariantCulture),
        float number => number.ToString("G3", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
