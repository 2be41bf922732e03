using Sal.Core.Network;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training;

/// <summary>
/// A network in training, with its router and optimizer state: the trunk of the shared phase, or one of the alternatives that continue from
/// it. With validation rows, it also holds the best model so far.
/// </summary>
/// <param name="nextEpoch">The epoch to train next, from 0.</param>
internal sealed class Branch(
    TrainingPhase phase, SalNetwork network, NetworkMoments moments, Router router, int nextEpoch, int sinceImprovement = 0,
    (SalNetwork Network, Router Router, double Loss)? best = null)
{
    public TrainingPhase Phase { get; } = phase;

    public SalNetwork Network { get; } = network;

    public NetworkMoments Moments { get; } = moments;

    public Router Router { get; } = router;

    /// <summary>Gets the epoch to train next, from 0.</summary>
    public int NextEpoch { get; private set; } = nextEpoch;

    /// <summary>Gets the epochs so far, including those of the trunk.</summary>
    public List<SalEpoch> Epochs { get; init; } = [];

    /// <summary>
    /// Gets the number of epochs of this branch since the last one that lowered the validation loss by the minimum improvement.
    /// </summary>
    public int SinceImprovement { get; private set; } = sinceImprovement;

    /// <summary>Gets a copy of the best model so far and its validation loss; null without validation rows.</summary>
    public (SalNetwork Network, Router Router, double Loss)? Best { get; private set; } = best;

    /// <summary>
    /// Gets the number of the epoch whose network the branch yields, from 1: the first of this branch with the lowest validation loss, or
    /// the last one. 0 before the first epoch.
    /// </summary>
    public int KeptEpoch
    {
        get
        {
            SalEpoch? best = Best is { } remembered
                ? Epochs.FirstOrDefault(epoch => epoch.Phase == Phase && epoch.ValidationLoss == remembered.Loss)
                : null;
            return (best ?? Epochs.LastOrDefault())?.Epoch ?? 0;
        }
    }

    /// <summary>Creates a branch that continues with one area from a copy of the network.</summary>
    /// <param name="nextEpoch">The first epoch of the new branch.</param>
    public Branch Continue(int nextEpoch) =>
        new(TrainingPhase.Shared, Network.Clone(), Moments.Clone(), Router, nextEpoch, best: Best) { Epochs = [.. Epochs] };

    /// <summary>
    /// Creates a branch that continues with one area per part of the rows and takes over this branch's parameters for the first area. The
    /// best model so far is not passed on: it has a single area, and the caller compares the branches.
    /// </summary>
    /// <param name="nextEpoch">The first epoch of the new branch.</param>
    public Branch Split(Router router, int nextEpoch)
    {
        SalNetwork split = Network.Split(router.NumberOfAreas);
        return new Branch(TrainingPhase.Routed, split, Moments.Split(split.Shape), router, nextEpoch) { Epochs = [.. Epochs] };
    }

    /// <summary>Records an epoch, and keeps a copy of the network if its validation loss is the lowest so far.</summary>
    public void Finish(SalEpoch epoch, double minimumImprovement)
    {
        Epochs.Add(epoch);
        NextEpoch++;
        if (epoch.ValidationLoss is not { } loss)
        {
            return;
        }

        double gain = Best is { } best ? best.Loss - loss : double.PositiveInfinity;
        if (gain > 0)
        {
            Best = (Network.Clone(), Router, loss);
        }

        SinceImprovement = gain > minimumImprovement ? 0 : SinceImprovement + 1;
    }
}
