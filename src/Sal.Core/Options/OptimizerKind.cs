namespace Sal.Core.Training;

/// <summary>How gradients become increments.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019), with 0.9, 0.999 and 1e-8.</summary>
    AdamW = 0,

    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd = 1,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    SgdMomentum = 2,
}
