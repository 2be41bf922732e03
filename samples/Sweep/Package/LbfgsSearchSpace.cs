using Microsoft.ML.SearchSpace;

namespace Sweep;

/// <summary>What to search of L-BFGS maximum entropy.</summary>
internal sealed class LbfgsSearchSpace
{
    [Range(0.001f, 10f, 1f, true)]
    public float L1Regularization { get; set; } = 1;

    [Range(0.001f, 10f, 1f, true)]
    public float L2Regularization { get; set; } = 1;
}
