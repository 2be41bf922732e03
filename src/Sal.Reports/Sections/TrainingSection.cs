using Sal.Core.Training;
using Sal.Reports.Charts;
using Sal.Reports.Pages;

namespace Sal.Reports.Sections;

/// <summary>Loss and accuracy by epoch.</summary>
internal static class TrainingSection
{
    public static string Render(IReadOnlyList<SalEpoch> epochs)
    {
        if (epochs.Count == 0)
        {
            return "";
        }

        return $"""
            <section>
            <h2>Training</h2>
            <div class="charts">
            {Chart(epochs, "Loss", ValueAxis.Loss, epoch => epoch.TrainingLoss, epoch => epoch.ValidationLoss)}
            {Chart(epochs, "Accuracy", ValueAxis.Accuracy, epoch => epoch.TrainingAccuracy, epoch => epoch.ValidationAccuracy)}
            </div>
            <p class="note">{Note(epochs)}</p>
            </section>
            """;
    }

    private static string Chart(
        IReadOnlyList<SalEpoch> epochs, string title, ValueAxis axis, Func<SalEpoch, double?> training, Func<SalEpoch, double?> validation)
    {
        return new LineChart(title, HorizontalAxis.Epoch, axis)
        {
            PhaseBoundary = PhaseBoundary(epochs),
            Series = [Line("training", training), Line("validation", validation) with { Ring = BestEpoch.Find(epochs)?.Epoch }],
        }.Render();

        LineSeries Line(string name, Func<SalEpoch, double?> value) => new(
            name, name,
            [
                .. epochs.Where(epoch => value(epoch) is { } known && double.IsFinite(known))
                    .Select(epoch => new ChartPoint(epoch.Epoch, value(epoch)!.Value)),
            ]);
    }

    /// <summary>
    /// Returns the middle between the last epoch of the shared phase and the first of the routed one; null if one of the phases is missing.
    /// </summary>
    private static double? PhaseBoundary(IReadOnlyList<SalEpoch> epochs)
    {
        for (int i = 1; i < epochs.Count; i++)
        {
            if (epochs[i - 1].Phase == TrainingPhase.Shared && epochs[i].Phase == TrainingPhase.Routed)
            {
                return (epochs[i - 1].Epoch + epochs[i].Epoch) / 2.0;
            }
        }

        return null;
    }

    private static string Note(IReadOnlyList<SalEpoch> epochs)
    {
        int shared = epochs.Count(epoch => epoch.Phase == TrainingPhase.Shared);
        string phases = shared == epochs.Count ? "All rows trained one set of parameters."
            : shared == 0 ? "Each row trained the parameters of its area from the start."
            : $"In the shared phase ({Markup.Count(shared)} epochs) all rows trained one set of parameters; "
                + $"in the routed phase ({Markup.Count(epochs.Count - shared)} epochs) each row trained those of its area.";
        string best = BestEpoch.Find(epochs) is { ValidationLoss: { } loss, Epoch: int epoch }
            ? $" The ring marks the lowest validation loss, {Markup.Number(loss, "F4")} in epoch {Markup.Count(epoch)}; "
                + "the model keeps the parameters of its best epoch."
            : "";
        return $"{phases}{best} Training figures are measured as rows are processed: before the update, and with dropout. "
            + "Point at a curve for its values.";
    }
}
