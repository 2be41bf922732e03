using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Sal.Core.Numerics;

namespace Sal.Benchmarks.Kernels;

/// <summary>
/// Measures what is computed value by value: activations with dropout of 128 rows x 256 units, and the softmax of a row; one thread.
/// </summary>
public class ElementKernels
{
    private const int Rows = 128, Units = 256;

    private readonly PanelMatrix _sums = RandomMatrix.Create(Rows, Units), _activations = new(Rows, Units);
    private readonly PanelMatrix _bias = PanelMatrix.Vector(Units);
    private readonly float[] _few = new float[10], _many = new float[1_000];

    /// <summary>Applies ReLU.</summary>
    [Benchmark]
    public void ReLU() => Activate<ReLU>(default);

    /// <summary>Applies ReLU, and drops a tenth of the units.</summary>
    [Benchmark]
    public void ReLUWithDropout() => Activate<ReLU>(new DropoutMask(key: 1, rate: 0.1));

    /// <summary>Applies tanh.</summary>
    [Benchmark]
    public void Tanh() => Activate<Tanh>(default);

    /// <summary>Computes the softmax of 10 classes.</summary>
    [Benchmark]
    public void Softmax10() => Softmax.Apply(_few);

    /// <summary>Computes the softmax of 1,000 classes.</summary>
    [Benchmark]
    public void Softmax1000() => Softmax.Apply(_many);

    private unsafe void Activate<TActivation>(DropoutMask dropout)
        where TActivation : struct, IActivation
    {
        var sink = new ActivationSink<TActivation>(_bias, dropout, _activations, residual: null, _activations);
        for (int offset = 0; offset < _sums.Length; offset += PanelMatrix.PanelWidth)
        {
            sink.Accept(Vector512.Load(_sums.Pointer + offset), offset);
        }
    }
}
