using Sal.Core.Network;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training;

/// <summary>
/// A network in training with its router and optimiser state: the trunk of the shared phase, or one of the ways to go on from it.
/// Where there are validation rows, it remembers the best model it has met.
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

    /// <summary>The epoch to train next, from 0.</summary>
    public int NextEpoch { get; private set; } = nextEpoch;

    /// <summary>The epochs so far, those of the trunk included.</summary>
    public List<SalEpoch> Epochs { get; init; } = [];

    /// <summary>The epochs of this branch since the last one whose validation loss was lower by the improvement asked for.</summary>
    public int SinceImprovement { get; private set; } = sinceImprovement;

    /// <summary>The best model met, as copies, and its validation loss; null without validation rows.</summary>
    public (SalNetwork Network, Router Router, double Loss)? Best { get; private set; } = best;

    /// <summary>Goes on with one area, from a copy.</summary>
    /// <param name="nextEpoch">The epoch to go on with.</param>
    public Branch Continue(int nextEpoch) =>
        new(TrainingPhase.Shared, Network.Clone(), Moments.Clone(), Router, nextEpoch, best: Best) { Epochs = [.. Epochs] };

    /// <summary>
    /// Goes on with an area for each part of the rows; takes over this branch's parameters as the first area's. The best model so far, which
    /// has one area, is forgotten: whether areas are wanted at all is not for this branch to decide.
    /// </summary>
    /// <param name="nextEpoch">The epoch to go on with.</param>
    public Branch Split(Router router, int nextEpoch)
    {
        SalNetwork split = Network.Split(router.NumberOfAreas);
        return new Branch(TrainingPhase.Routed, split, Moments.Split(split.Shape), router, nextEpoch) { Epochs = [.. Epochs] };
    }

    /// <summary>Takes note of an epoch, and remembers the network as it is now where its validation loss is the lowest so far.</summary>
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
