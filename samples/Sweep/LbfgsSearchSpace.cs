using Microsoft.ML.SearchSpace;

namespace Sweep;

/// <summary>Defines the options of L-BFGS maximum entropy to search. The initial values are the trainer's defaults.</summary>
internal sealed class LbfgsSearchSpace
{
    [Range(0.001f, 10f, 1f, true)]
    public float L1Regularization { get; set; } = 1;

    [Range(0.001f, 10f, 1f, true)]
    public float L2Regularization { get; set; } = 1;
}
