namespace Sal.Core.Training;

/// <summary>The kind of feedback connections under <see cref="LearningRule.Local"/>.</summary>
public enum FeedbackKind
{
    /// <summary>Feedback starts small and random and receives the same increments as the readout (Kolen and Pollack, 1994).</summary>
    Aligned = 0,

    /// <summary>Feedback is random and stays fixed, as in the paper.</summary>
    Fixed = 1,
}
