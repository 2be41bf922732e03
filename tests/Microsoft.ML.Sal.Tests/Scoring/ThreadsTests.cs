using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>One model scores the same on 64 threads at once as on a single thread.</summary>
[TestClass]
public class ThreadsTests
{
    private const int ThreadCount = 64;
    private const int Rounds = 5;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IReadOnlyList<LabeledRow<string>> _rows = Blobs.Rows(120);
    private readonly SalMulticlassPredictionTransformer _model;

    public ThreadsTests() => _model = _mlContext.SmallSal(options => options.NumberOfAreas = 4).Fit(Blobs.View(_mlContext, _rows));

    [TestMethod]
    public void Threads_score_with_their_own_prediction_engines()
    {
        using PredictionEngine<LabeledRow<string>, Prediction> one = NewEngine();
        (uint Label, float[] Score)[] expected =
            [.. _rows.Select(row => one.Predict(row)).Select(prediction => (prediction.PredictedLabel, prediction.Score))];
        PredictionEngine<LabeledRow<string>, Prediction>[] engines = [.. Enumerable.Range(0, ThreadCount).Select(_ => NewEngine())];

        RunOnAllThreads((thread, row) =>
        {
            Prediction actual = engines[thread].Predict(_rows[row]);
            return actual.PredictedLabel == expected[row].Label && actual.Score.AsSpan().SequenceEqual(expected[row].Score);
        });
        Array.ForEach(engines, engine => engine.Dispose());
    }

    [TestMethod]
    public void Threads_share_one_model_of_the_engine()
    {
        SalModel model = _model.Model.Model;
        float[][] expected = [.. _rows.Select(row => Score(row.Features))];
        int[] areas = [.. _rows.Select(row => model.GetArea(row.Features))];

        RunOnAllThreads((_, row) =>
            Score(_rows[row].Features).AsSpan().SequenceEqual(expected[row]) && model.GetArea(_rows[row].Features) == areas[row]);

        float[] Score(float[] features)
        {
            var probabilities = new float[model.ClassCount];
            model.Predict(features, probabilities);
            return probabilities;
        }
    }

    private PredictionEngine<LabeledRow<string>, Prediction> NewEngine()
    {
        IDataView rows = _mlContext.Data.LoadFromEnumerable(_rows);
        return _mlContext.Model.CreatePredictionEngine<LabeledRow<string>, Prediction>(
            _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Append(_model));
    }

    // All threads score every row at the same time, each starting at a different one.
    private void RunOnAllThreads(Func<int, int, bool> isAsExpected)
    {
        int wrong = 0;
        using var start = new Barrier(ThreadCount);
        Thread[] threads = [.. Enumerable.Range(0, ThreadCount).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = 0; i < Rounds * _rows.Count; i++)
            {
                if (!isAsExpected(thread, (i + thread) % _rows.Count))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.AreEqual(0, wrong);
    }
}
