using Microsoft.ML.SearchSpace;

namespace Sweep;

/// <summary>Defines the options of LightGBM to search. The initial values are the defaults of the LightGBM library.</summary>
internal sealed class LightGbmSearchSpace
{
    [Range(4, 128, 31, true)]
    public int NumberOfLeaves { get; set; } = 31;

    [Range(0.01, 0.5, 0.1, true)]
    public double LearningRate { get; set; } = 0.1;

    [Range(10, 200, 100, true)]
    public int NumberOfIterations { get; set; } = 100;
}
