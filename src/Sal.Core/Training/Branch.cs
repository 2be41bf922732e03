using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>
/// A network in training with its router and optimiser state: the trunk of the shared phase, or one of the ways to go on from it.
/// Where there are validation rows, it remembers the best model it has met.
/// </summary>
internal sealed class Branch(SalNetwork network, NetworkMoments moments, Router router)
{
    public SalNetwork Network { get; } = network;

    public NetworkMoments Moments { get; } = moments;

    public Router Router { get; } = router;

    /// <summary>The epochs so far, those of the trunk included.</summary>
    public List<SalEpoch> Epochs { get; private init; } = [];

    /// <summary>The best model met, as copies, and its validation loss; null without validation rows.</summary>
    public (SalNetwork Network, Router Router, double Loss)? Best { get; private set; }

    /// <summary>Goes on with one area, from a copy.</summary>
    public Branch Continue() => new(Network.Clone(), Moments.Clone(), Router) { Epochs = [.. Epochs], Best = Best };

    /// <summary>
    /// Goes on with an area for each part of the rows; takes over this branch's parameters as the first area's. The best model so far, which
    /// has one area, is forgotten: whether areas are wanted at all is not for this branch to decide.
    /// </summary>
    public Branch Split(Router router)
    {
        SalNetwork split = Network.Split(router.NumberOfAreas);
        return new Branch(split, Moments.Split(split.Shape), router) { Epochs = [.. Epochs] };
    }

    /// <summary>Remembers the network as it is now where its loss is the lowest so far.</summary>
    /// <returns>Whether it is lower by at least the improvement asked for.</returns>
    public bool Offer(double validationLoss, double minimumImprovement)
    {
        double gain = Best is { } best ? best.Loss - validationLoss : double.PositiveInfinity;
        if (gain > 0)
        {
            Best = (Network.Clone(), Router, validationLoss);
        }

        return gain > minimumImprovement;
    }
}
