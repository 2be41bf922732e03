namespace Sal.Core.Training;

/// <summary>The two phases of training.</summary>
public enum TrainingPhase
{
    /// <summary>All rows train one set of parameters.</summary>
    Shared = 0,

    /// <summary>Each row trains the parameters of its area.</summary>
    Routed = 1,
}
