namespace Sal.Core.Training;

/// <summary>The feedback connections of <see cref="LearningRule.Local"/>.</summary>
public enum FeedbackKind
{
    /// <summary>Starts random and small, and receives the increments that the readout receives (Kolen and Pollack, 1994).</summary>
    Aligned = 0,

    /// <summary>Random and frozen, as in the paper.</summary>
    Fixed = 1,
}
