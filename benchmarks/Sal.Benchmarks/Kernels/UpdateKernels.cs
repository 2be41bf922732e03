using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Sal.Core.Numerics;
using Sal.Core.Training.Optimizers;

namespace Sal.Benchmarks.Kernels;

/// <summary>Measures an optimizer's step on a matrix of 1024 x 1024 parameters, given their gradients; one thread.</summary>
public class UpdateKernels
{
    private const int Size = 1_024;

    private readonly PanelMatrix _parameters = RandomMatrix.Create(Size, Size), _gradient = RandomMatrix.Create(Size, Size);
    private readonly StepSettings _settings = new(LearningRate: 1e-3, Step: 10, Momentum: 0.9, WeightDecay: 0);
    private Moments _moments = null!;

    /// <summary>Creates the state of the optimizer.</summary>
    [GlobalSetup]
    public void Setup() => _moments = new Moments(_parameters, AdamWStep.MomentCount);

    /// <summary>Steps by AdamW.</summary>
    [Benchmark]
    public void AdamW() => Update<AdamWStep>();

    /// <summary>Steps by SGD with momentum.</summary>
    [Benchmark]
    public void SgdMomentum() => Update<SgdMomentumStep>();

    /// <summary>Steps by plain SGD.</summary>
    [Benchmark]
    public void Sgd() => Update<SgdStep>();

    private unsafe void Update<TStep>()
        where TStep : struct, IOptimizerStep<TStep>
    {
        var sink = new UpdateSink<TStep>(_parameters, TStep.Create(_settings, _moments), gradientScale: 1f / 128, _settings.Keep);
        for (int offset = 0; offset < _parameters.Length; offset += PanelMatrix.PanelWidth)
        {
            sink.Accept(Vector512.Load(_gradient.Pointer + offset), offset);
        }
    }
}
