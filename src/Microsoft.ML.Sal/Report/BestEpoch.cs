using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The epoch that did best on the validation rows.</summary>
internal static class BestEpoch
{
    /// <summary>The first epoch with the lowest validation loss; null without validation.</summary>
    public static SalEpoch? Of(IReadOnlyList<SalEpoch> epochs) =>
        epochs.Where(epoch => epoch.ValidationLoss is { } loss && double.IsFinite(loss)).MinBy(epoch => epoch.ValidationLoss);
}
