using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Speed;

/// <summary>Measures how fast a trainer in ML.NET learns Digits, and how fast its model scores all rows.</summary>
internal sealed class MLNetTrainerSpeed(MLNetTrainer trainer)
{
    private const int Seed = 0;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.25);

    private static readonly BenchmarkSet _digits = BenchmarkSets.Read("digits", DataFiles.Create(folder: null, noDownload: true));
    private static readonly MLNetRows _training = new(_digits.Rows, _digits.Split(Seed).Training);
    private static readonly MLNetRows _all = new(_digits.Rows, [.. Enumerable.Range(0, _digits.Rows.Count)]);

    private readonly MLContext _mlContext = new(Seed);
    private ITransformer? _model;

    public string Name => trainer.Name;

    private ITransformer Model => _model ??= Fit();

    public double SecondsToTrain()
    {
        long start = Stopwatch.GetTimestamp();
        Fit();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Measures the rows per second of <c>Transform</c>, on one thread.</summary>
    public double TransformedRowsPerSecond()
    {
        IDataView scored = Model.Transform(_all.ToDataView(_mlContext));
        DataViewSchema.Column column = scored.Schema["Score"];
        VBuffer<float> scores = default;
        return RowsPerSecond(() =>
        {
            using DataViewRowCursor cursor = scored.GetRowCursor([column]);
            ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
            while (cursor.MoveNext())
            {
                getter(ref scores);
            }
        });
    }

    /// <summary>Measures the predictions per second of a prediction engine, which takes one row per call.</summary>
    public double PredictionsPerSecond() => RowsPerSecond(Predictions());

    /// <summary>Measures the bytes that a prediction engine allocates per prediction.</summary>
    public long BytesPerPrediction()
    {
        Action predictAll = Predictions();
        predictAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictAll();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / _all.Objects.Count;
    }

    private ITransformer Fit() => trainer.Create(_mlContext).Fit(_training.ToDataView(_mlContext));

    // Reuses the prediction, as a service that scores many rows would.
    private Action Predictions()
    {
        PredictionEngine<MLNetRows.Row, Prediction> engine =
            _mlContext.Model.CreatePredictionEngine<MLNetRows.Row, Prediction>(Model, inputSchemaDefinition: _all.Schema);
        var prediction = new Prediction();
        return () =>
        {
            foreach (MLNetRows.Row row in _all.Objects)
            {
                engine.Predict(row, ref prediction);
            }
        };
    }

    private static double RowsPerSecond(Action scoreAll)
    {
        long start = Stopwatch.GetTimestamp(), rows = 0;
        do
        {
            scoreAll();
            rows += _all.Objects.Count;
        }
        while (Stopwatch.GetElapsedTime(start) < Duration);
        return rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
