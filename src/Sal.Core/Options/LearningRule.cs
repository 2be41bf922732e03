namespace Sal.Core.Training;

/// <summary>The rule by which errors reach hidden layers. All rules share the network, router, optimizer, schedule and data path.</summary>
public enum LearningRule
{
    /// <summary>
    /// SAL: each layer learns from the error of its own running readout, through feedback connections (see <see cref="FeedbackKind"/>).
    /// </summary>
    Local = 0,

    /// <summary>Direct feedback alignment: each layer learns from the final error through fixed random feedback connections.</summary>
    DirectFeedback = 1,

    /// <summary>Backpropagation: gradient descent on the final loss. The baseline.</summary>
    Backpropagation = 2,
}
