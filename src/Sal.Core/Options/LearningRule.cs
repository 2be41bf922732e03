namespace Sal.Core.Training;

/// <summary>How errors reach hidden layers. All rules share network, router, optimiser, schedule and data path.</summary>
public enum LearningRule
{
    /// <summary>
    /// SAL: each layer learns from the error of its own running readout, through feedback connections (see <see cref="FeedbackKind"/>).
    /// </summary>
    Local = 0,

    /// <summary>Direct feedback alignment: each layer learns from the final error through fixed random feedback.</summary>
    DirectFeedback = 1,

    /// <summary>Gradient descent on the final loss: the baseline.</summary>
    Backpropagation = 2,
}
