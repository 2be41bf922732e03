using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Speed;

/// <summary>
/// Measures how fast a trainer in ML.NET learns Digits, and how fast its model scores all rows of Letter or, where that is not at hand, of
/// Digits.
/// </summary>
internal sealed class MLNetTrainerSpeed(MLNetTrainer trainer)
{
    private const int Seed = 0;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.25);

    private static readonly BenchmarkSet _digits = BenchmarkSets.Read("digits", DataFiles.Create(folder: null, noDownload: true));
    private static readonly MLNetRows _training = new(_digits.Rows, _digits.Split(Seed).Training);
    private static readonly BenchmarkSet _scored = ReadLetter() ?? _digits;
    private static readonly MLNetRows _all = new(_scored.Rows, [.. Enumerable.Range(0, _scored.Rows.Count)]);
    private static readonly MLNetRows _learned = new(_scored.Rows, _scored.Split(Seed).Training);

    private readonly MLContext _mlContext = new(Seed);
    private ITransformer? _model;

    public string Name => trainer.Name;

    /// <summary>Gets the name of the set whose rows are scored.</summary>
    public static string ScoredSet => _scored.Name;

    private ITransformer Model => _model ??= Fit(_learned);

    public double SecondsToTrain()
    {
        long start = Stopwatch.GetTimestamp();
        Fit(_training);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Measures the rows per second of <c>Transform</c> with one cursor, on one thread.</summary>
    public double TransformedRowsPerSecond()
    {
        IDataView scored = Model.Transform(_all.ToDataView(_mlContext));
        DataViewSchema.Column score = scored.Schema["Score"];
        return RowsPerSecond(() =>
        {
            using DataViewRowCursor cursor = scored.GetRowCursorSet([score], 1).Single();
            Read(cursor, cursor, score);
        });
    }

    /// <summary>Measures the rows per second of the same rows, mapped one by one.</summary>
    public double RowByRowPerSecond()
    {
        IDataView rows = _all.ToDataView(_mlContext);
        IRowToRowMapper mapper = Model.GetRowToRowMapper(rows.Schema);
        DataViewSchema.Column score = mapper.OutputSchema["Score"];
        return RowsPerSecond(() =>
        {
            using DataViewRowCursor cursor = rows.GetRowCursorSet(mapper.GetDependencies([score]), 1).Single();
            using DataViewRow row = mapper.GetRow(cursor, [score]);
            Read(cursor, row, score);
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

    private static BenchmarkSet? ReadLetter()
    {
        try
        {
            return BenchmarkSets.Read("letter", DataFiles.Create(folder: null, noDownload: true));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void Read(DataViewRowCursor cursor, DataViewRow row, DataViewSchema.Column score)
    {
        ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(score);
        VBuffer<float> scores = default;
        while (cursor.MoveNext())
        {
            getter(ref scores);
        }
    }

    private ITransformer Fit(MLNetRows rows) => trainer.Create(_mlContext).Fit(rows.ToDataView(_mlContext));

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
