namespace Sal.Core.Training;

/// <summary>How the learning rate changes in the course of training.</summary>
public enum LearningRateSchedule
{
    /// <summary>Falls to 0 along half a cosine wave.</summary>
    Cosine = 0,

    /// <summary>Stays as it is.</summary>
    Constant = 1,
}
