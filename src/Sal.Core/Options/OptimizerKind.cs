namespace Sal.Core.Training;

/// <summary>The optimizer, which turns gradients into parameter updates.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Adam with decoupled weight decay (Loshchilov and Hutter, 2019), with beta1 = 0.9, beta2 = 0.999 and epsilon = 1e-8.
    /// </summary>
    AdamW = 0,

    /// <summary>Plain stochastic gradient descent.</summary>
    Sgd = 1,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    SgdMomentum = 2,
}
