using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Loss and accuracy by epoch.</summary>
internal static class TrainingCurves
{
    /// <summary>The name of the curves of validation rows.</summary>
    public const string Validation = "validation";

    public static string Render(IReadOnlyList<SalEpoch> epochs)
    {
        if (epochs.Count == 0)
        {
            return "";
        }

        double? boundary = Boundary(epochs);
        int? best = BestEpoch.Of(epochs)?.Epoch;
        var loss = new LineChart("Loss", "mean cross-entropy, nats", value => Markup.Number(value, "0.####"), boundary, best, Highest: double.PositiveInfinity)
        {
            Series = [Series(epochs, "training", epoch => epoch.TrainingLoss), Series(epochs, Validation, epoch => epoch.ValidationLoss)],
        };
        var accuracy = new LineChart("Accuracy", "share of rows, %", value => Markup.Number(100 * value, "0.##"), boundary, best, Highest: 1)
        {
            Series = [Series(epochs, "training", epoch => epoch.TrainingAccuracy), Series(epochs, Validation, epoch => epoch.ValidationAccuracy)],
        };
        return $"""
            <section>
            <h2>Training</h2>
            <div class="charts">
            {loss.Render()}
            {accuracy.Render()}
            </div>
            <p class="note">{Note(epochs)}</p>
            </section>
            """;
    }

    private static CurveSeries Series(IReadOnlyList<SalEpoch> epochs, string name, Func<SalEpoch, double?> value) =>
        new(name, [.. epochs.Where(epoch => value(epoch) is { } known && double.IsFinite(known)).Select(epoch => new CurvePoint(epoch.Epoch, value(epoch)!.Value))]);

    /// <summary>Between the last epoch of the shared phase and the first of the routed one; null if one of the phases is missing.</summary>
    private static double? Boundary(IReadOnlyList<SalEpoch> epochs)
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
            : $"In the shared phase ({Markup.Count(shared)} epochs) all rows trained one set of parameters; in the routed phase ({Markup.Count(epochs.Count - shared)} epochs) "
                + "each row trained those of its area.";
        string best = BestEpoch.Of(epochs) is { } epoch
            ? $" The ring marks the lowest validation loss, {Markup.Number(epoch.ValidationLoss!.Value, "F4")} in epoch {Markup.Count(epoch.Epoch)}; the model keeps the parameters of its best epoch."
            : "";
        return $"{phases}{best} Training figures are taken as rows are met: before their update, and with dropout. Point at a curve for its values.";
    }
}
