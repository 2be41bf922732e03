using BenchmarkDotNet.Attributes;
using Sal.Core.Numerics;

namespace Sal.Benchmarks.Kernels;

/// <summary>Measures the three products of a layer at shapes that training has; one thread.</summary>
public class ProductKernels
{
    private PanelMatrix _input = null!, _weights = null!, _delta = null!, _output = null!, _gradient = null!, _below = null!;

    /// <summary>Gets or sets the shape: rows x inputs x units.</summary>
    [Params("128x784x256", "128x256x256", "16x64x64", "256x1024x1024")]
    public string Shape { get; set; } = "";

    /// <summary>Creates the matrices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        (int rows, int inputs, int units) = (sizes[0], sizes[1], sizes[2]);
        (_input, _below) = (RandomMatrix.Create(rows, inputs), new PanelMatrix(rows, inputs));
        (_weights, _gradient) = (RandomMatrix.Create(inputs, units), new PanelMatrix(inputs, units));
        (_delta, _output) = (RandomMatrix.Create(rows, units), new PanelMatrix(rows, units));
    }

    /// <summary>Computes the forward product: input W.</summary>
    [Benchmark]
    public void Multiply()
    {
        var sink = new LinearSink(_output);
        PanelProduct.Multiply(_input, _weights, Interval.First(_input.Rows), _output.AllPanels, ref sink);
    }

    /// <summary>Computes the gradient of the weights: inputᵀ delta.</summary>
    [Benchmark]
    public void MultiplyTransposed()
    {
        var sink = new LinearSink(_gradient);
        PanelProduct.MultiplyTransposed(_input, _delta, Interval.First(_input.Rows), _delta.AllPanels, ref sink);
    }

    /// <summary>Computes what only backpropagation needs: delta Wᵀ.</summary>
    [Benchmark]
    public void MultiplyByTransposed() =>
        RightTransposedProduct.Multiply(_delta, _weights, null, Interval.First(_delta.Rows), _below, accumulate: false);
}
