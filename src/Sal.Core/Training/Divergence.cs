using Sal.Core.Network;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training;

/// <summary>Stops training whose numbers have left the range of floats, because the resulting model would score, but at random.</summary>
internal static class Divergence
{
    /// <summary>Checks all parameters and moments after an epoch.</summary>
    /// <exception cref="InvalidOperationException">A parameter or a moment is NaN or infinite.</exception>
    public static void Check(SalNetwork network, NetworkMoments moments, int epoch)
    {
        if (!network.IsFinite || !moments.IsFinite)
        {
            throw new InvalidOperationException(
                $"Training diverged: after epoch {epoch} parameters or their moments are NaN or infinite. "
                + $"Lower {nameof(SalTrainingOptions.LearningRate)}, keep {nameof(SalTrainingOptions.InputClip)} and "
                + $"{nameof(SalTrainingOptions.InputScaling)} at their defaults, and check that no example weight dwarfs the others.");
        }
    }

    /// <summary>Checks a learned router.</summary>
    /// <exception cref="InvalidOperationException">A number of the router is NaN or infinite.</exception>
    public static void Check(Router router)
    {
        if (!router.IsFinite)
        {
            throw new InvalidOperationException(
                $"The rows cannot be partitioned: their features are so large that distances are infinite. Keep "
                + $"{nameof(SalTrainingOptions.InputClip)} and {nameof(SalTrainingOptions.InputScaling)} at their defaults, or set "
                + $"{nameof(SalTrainingOptions.NumberOfAreas)} to 1.");
        }
    }
}
