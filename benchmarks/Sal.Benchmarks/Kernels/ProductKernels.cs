using BenchmarkDotNet.Attributes;
using Sal.Core.Numerics;

namespace Sal.Benchmarks.Kernels;

/// <summary>The three products of a layer, at shapes of training; one thread.</summary>
public class ProductKernels
{
    private PanelMatrix _input = null!, _weights = null!, _delta = null!, _output = null!, _gradient = null!, _below = null!;

    /// <summary>Rows x inputs x units.</summary>
    [Params("128x784x256", "128x256x256", "16x64x64", "256x1024x1024")]
    public string Shape { get; set; } = "";

    /// <summary>Makes the matrices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        (int rows, int inputs, int units) = (sizes[0], sizes[1], sizes[2]);
        (_input, _weights, _delta) = (RandomMatrix.Create(rows, inputs), RandomMatrix.Create(inputs, units), RandomMatrix.Create(rows, units));
        (_output, _gradient, _below) = (new PanelMatrix(rows, units), new PanelMatrix(inputs, units), new PanelMatrix(rows, inputs));
    }

    /// <summary>Forward: input W.</summary>
    [Benchmark]
    public void Multiply()
    {
        var sink = new LinearSink(_output);
        PanelProduct.Multiply(_input, _weights, Interval.First(_input.Rows), _output.AllPanels, ref sink);
    }

    /// <summary>The gradient of the weights: inputᵀ delta.</summary>
    [Benchmark]
    public void MultiplyTransposed()
    {
        var sink = new LinearSink(_gradient);
        PanelProduct.MultiplyTransposed(_input, _delta, Interval.First(_input.Rows), _delta.AllPanels, ref sink);
    }

    /// <summary>What only backpropagation needs: delta Wᵀ.</summary>
    [Benchmark]
    public void MultiplyByTransposed() => RightTransposedProduct.Multiply(_delta, _weights, null, Interval.First(_delta.Rows), _below, accumulate: false);
}
