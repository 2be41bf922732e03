using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Quickstart.Tables;

/// <summary>Trains pipelines on the same training rows and evaluates them on the same test rows.</summary>
internal sealed class TableExperiment
{
    // A name that no column of a file is likely to have.
    private const string LabelKey = "Label (key)";

    private readonly MLContext _mlContext;
    private readonly TabularFeaturesEstimator.Options _featureOptions;
    private readonly IDataView _training;
    private readonly IDataView _test;

    /// <param name="mlContext">The context to train with.</param>
    /// <param name="features">The columns to learn from.</param>
    /// <param name="label">The column to predict.</param>
    /// <param name="training">The training rows, with features and label.</param>
    /// <param name="test">The test rows, likewise.</param>
    public TableExperiment(
        MLContext mlContext, IReadOnlyList<ColumnProfile> features, LabelColumn label, IDataView training, IDataView test)
    {
        // The label is converted to a key before the pipeline, not in it, so that the saved model reads the features only.
        IDataView classes = mlContext.Data.LoadFromEnumerable(label.Classes.Select(name => new ClassName { Name = name }));
        ITransformer labelKeys = mlContext.Transforms.Conversion.MapValueToKey(LabelKey, label.Name, keyData: classes).Fit(training);
        (_mlContext, _training, _test) = (mlContext, labelKeys.Transform(training), labelKeys.Transform(test));

        // Dates are recognized by their type.
        _featureOptions = new TabularFeaturesEstimator.Options
        {
            LabelColumnName = LabelKey,
            IgnoredColumnNames = [label.Name],
            NumericColumnNames = Names(ColumnKind.Number),
            CategoricalColumnNames = Names(ColumnKind.Category),
            TextColumnNames = Names(ColumnKind.Text),
        };

        string[] Names(ColumnKind kind) => [.. features.Where(column => column.Kind == kind).Select(column => column.Name)];
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
        var pipeline = _mlContext.Transforms.TabularFeatures(_featureOptions)
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

/// <summary>Represents a trained pipeline and its results on the test rows.</summary>
internal sealed record Contender(string Trainer, ITransformer Model, MulticlassClassificationMetrics Metrics, double Seconds);
