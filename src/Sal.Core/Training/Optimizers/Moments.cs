using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Optimizers;

/// <summary>The running moments of one parameter matrix: as many matrices of the same shape as the optimizer keeps.</summary>
internal sealed class Moments
{
    private readonly PanelMatrix[] _matrices;

    public Moments(PanelMatrix parameter, int count)
        : this([.. Enumerable.Range(0, count).Select(_ => parameter.ZerosLike())])
    {
    }

    private Moments(PanelMatrix[] matrices) => _matrices = matrices;

    public IReadOnlyList<PanelMatrix> Matrices => _matrices;

    public PanelMatrix this[int index] => _matrices[index];

    /// <summary>Gets whether all moments are finite.</summary>
    public bool IsFinite => _matrices.All(matrix => matrix.IsFinite);

    public Moments Clone() => new([.. _matrices.Select(matrix => matrix.Clone())]);
}

/// <summary>The optimizer state of one area of one layer.</summary>
internal sealed class AreaMoments
{
    public AreaMoments(AreaParameters parameters, int momentCount)
    {
        Weights = new Moments(parameters.Weights, momentCount);
        Bias = new Moments(parameters.Bias, momentCount);
        Readout = new Moments(parameters.Readout, momentCount);
        ReadoutBias = new Moments(parameters.ReadoutBias, momentCount);
    }

    private AreaMoments(AreaMoments other)
    {
        Weights = other.Weights.Clone();
        Bias = other.Bias.Clone();
        Readout = other.Readout.Clone();
        ReadoutBias = other.ReadoutBias.Clone();
        Steps = other.Steps;
    }

    public Moments Weights { get; }

    public Moments Bias { get; }

    public Moments Readout { get; }

    public Moments ReadoutBias { get; }

    /// <summary>Gets the moments of all parameters.</summary>
    public IEnumerable<PanelMatrix> Matrices => [.. Weights.Matrices, .. Bias.Matrices, .. Readout.Matrices, .. ReadoutBias.Matrices];

    /// <summary>Gets or sets the number of steps made so far.</summary>
    public long Steps { get; set; }

    /// <summary>Gets whether all moments are finite.</summary>
    public bool IsFinite => Weights.IsFinite && Bias.IsFinite && Readout.IsFinite && ReadoutBias.IsFinite;

    public AreaMoments Clone() => new(this);
}
