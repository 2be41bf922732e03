namespace Sal.Core.Training;

/// <summary>The schedule of the learning rate over the course of training.</summary>
public enum LearningRateSchedule
{
    /// <summary>Decreases to 0 along half a cosine wave.</summary>
    Cosine = 0,

    /// <summary>Stays constant.</summary>
    Constant = 1,
}
