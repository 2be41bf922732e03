namespace Sal.Core.Model;

/// <summary>The activation function of hidden units.</summary>
public enum ActivationKind
{
    /// <summary>max(z, 0).</summary>
    ReLU = 0,

    /// <summary>tanh(z).</summary>
    Tanh = 1,
}
