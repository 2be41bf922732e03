using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Quickstart.Tables;

/// <summary>Trains pipelines on the same rows and evaluates them on the same others.</summary>
internal sealed class TableExperiment
{
    // Unlike the name of any column that a file is likely to have.
    private const string LabelKey = "Label (key)";

    private readonly MLContext _mlContext;
    private readonly IReadOnlyList<ColumnProfile> _features;
    private readonly IDataView _training;
    private readonly IDataView _test;

    /// <param name="mlContext">The context of the training.</param>
    /// <param name="features">The columns to learn from.</param>
    /// <param name="label">The column to predict.</param>
    /// <param name="training">The training rows, with features and label.</param>
    /// <param name="test">The test rows, likewise.</param>
    public TableExperiment(
        MLContext mlContext, IReadOnlyList<ColumnProfile> features, LabelColumn label, IDataView training, IDataView test)
    {
        // The key of the label is made in front of the pipeline, not in it: the saved model then reads the features alone.
        IDataView classes = mlContext.Data.LoadFromEnumerable(label.Classes.Select(name => new ClassName { Name = name }));
        ITransformer labelKeys = mlContext.Transforms.Conversion.MapValueToKey(LabelKey, label.Name, keyData: classes).Fit(training);
        (_mlContext, _features, _training, _test) = (mlContext, features, labelKeys.Transform(training), labelKeys.Transform(test));
    }

    public Contender TrainSal() => TrainingBar.Show("SAL", progress => Train("SAL", _mlContext.MulticlassClassification.Trainers.Sal(
        new SalMulticlassTrainer.Options { LabelColumnName = LabelKey, Progress = progress })));

    public Contender TrainLightGbm()
    {
        try
        {
            return Train("LightGBM", _mlContext.MulticlassClassification.Trainers.LightGbm(LabelKey));
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            throw new UserErrorException(
                $"--compare: LightGBM's native library does not load on this machine ({exception.Message.ReplaceLineEndings(" ")}).");
        }
    }

    private Contender Train(string name, IEstimator<ITransformer> trainer)
    {
        var pipeline = FeaturePipeline.Create(_mlContext, _features)
            .Append(trainer)
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        long start = Stopwatch.GetTimestamp();
        ITransformer model = pipeline.Fit(_training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Contender(name, model, _mlContext.MulticlassClassification.Evaluate(model.Transform(_test), LabelKey), seconds);
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = "";
    }
}

/// <summary>A trained pipeline and how it did on the test rows.</summary>
internal sealed record Contender(string Trainer, ITransformer Model, MulticlassClassificationMetrics Metrics, double Seconds);
