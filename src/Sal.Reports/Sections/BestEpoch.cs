using Sal.Core.Training;

namespace Sal.Reports.Sections;

/// <summary>The epoch that did best on the validation rows.</summary>
internal static class BestEpoch
{
    /// <summary>Finds the first epoch with the lowest validation loss; null without validation.</summary>
    public static SalEpoch? Find(IReadOnlyList<SalEpoch> epochs) =>
        epochs.Where(epoch => epoch.ValidationLoss is { } loss && double.IsFinite(loss)).MinBy(epoch => epoch.ValidationLoss);
}
