using BenchmarkDotNet.Attributes;
using Sal.Benchmarks.Speed;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Benchmarks.Kernels;

/// <summary>Measures scoring one row with 784-256-256-10, which allocates nothing.</summary>
[MemoryDiagnoser]
public class RowScoring
{
    private readonly float[] _row = new float[784], _probabilities = new float[10];
    private SalModel _model = null!;

    /// <summary>Gets or sets the number of areas; a row uses one.</summary>
    [Params(1, 16)]
    public int Areas { get; set; }

    /// <summary>Trains a model.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using TrainingSet rows = RandomRows.Create(1_024, _row.Length, _probabilities.Length);
        _model = new SalTrainer(new SalTrainingOptions { NumberOfAreas = Areas, NumberOfLayers = 2, NumberOfEpochs = 2 }).Train(rows).Model;
    }

    /// <summary>Scores one row.</summary>
    [Benchmark]
    public void Predict() => _model.Predict(_row, _probabilities);
}
