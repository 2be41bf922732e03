using BenchmarkDotNet.Attributes;
using Sal.Core.Numerics;

namespace Sal.Benchmarks.Kernels;

/// <summary>
/// Measures the first layer's products of sparse rows: 128 rows of 100,000 features, 50 of them not zero, and 256 units; one thread.
/// </summary>
public class SparseKernels
{
    private const int Rows = 128, Features = 100_000, Values = 50, Units = 256;

    private readonly SparseRows _rows = new();
    private readonly SparseColumns _columns = new();
    private PanelMatrix _weights = null!, _output = null!, _delta = null!;

    /// <summary>Creates the rows and matrices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int row = 0; row < Rows; row++)
        {
            _rows.StartRow();
            for (int i = 0; i < Values; i++)
            {
                _rows.Add(i * (Features / Values) + random.Next(Features / Values), random.NextSingle());
            }
        }

        _weights = RandomMatrix.CreateRowMajor(Features, Units);
        (_output, _delta) = (new PanelMatrix(Rows, Units), RandomMatrix.Create(Rows, Units));
    }

    /// <summary>Computes the forward product: input W.</summary>
    [Benchmark]
    public void Multiply()
    {
        var sink = new LinearSink(_output);
        SparseProduct.Multiply(_rows, _weights, Interval.First(Rows), _output.AllPanels, ref sink);
    }

    /// <summary>Sorts the entries, and computes the gradient of the weights of the features that occur: inputᵀ delta.</summary>
    [Benchmark]
    public void MultiplyTransposed()
    {
        _columns.Fill(_rows, Interval.First(Rows));
        var sink = new LinearSink(_weights);
        SparseProduct.MultiplyTransposed(_columns, _delta, _delta.AllPanels, ref sink);
    }
}
