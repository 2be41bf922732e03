using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Contenders;

/// <summary>One of ML.NET's own multiclass trainers with its defaults; linear ones on standardised features.</summary>
internal sealed class MLNetContender(string name) : IContender
{
    public string Name => name;

    public string? Obstacle => null;

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        var mlContext = new MLContext(trial.Seed);
        IDataView training = ToDataView(mlContext, trial.Set.Rows, trial.Split.Training), test = ToDataView(mlContext, trial.Set.Rows, trial.Split.Test);
        long start = Stopwatch.GetTimestamp();
        ITransformer model = Pipeline(mlContext).Fit(training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        float[] probabilities = [.. model.Transform(test).GetColumn<float[]>("Score").SelectMany(scores => scores)];
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / trial.Split.Test.Length;
        long? parameters = IsTree ? null : (long)trial.Set.Rows.ClassCount * (trial.Set.Rows.FeatureCount + 1);
        return new Outcome(probabilities, seconds, microseconds)
        {
            ActiveParameters = parameters,
            TotalParameters = parameters,
            DependsOnSeed = name == "sdca-mlnet", // the only one that draws
        };
    }

    private bool IsTree => name == "fasttree-mlnet";

    private IEstimator<ITransformer> Pipeline(MLContext mlContext)
    {
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = mlContext.MulticlassClassification.Trainers;
        return name switch
        {
            "sdca-mlnet" => Standardise().Append(trainers.SdcaMaximumEntropy()),
            "lbfgs-mlnet" => Standardise().Append(trainers.LbfgsMaximumEntropy()),
            "fasttree-mlnet" => trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.FastTree()),
            _ => throw new ArgumentException($"ML.NET has no contender '{name}'."),
        };

        IEstimator<ITransformer> Standardise() => mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false);
    }

    private static IDataView ToDataView(MLContext mlContext, LabelledRows rows, int[] picked)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.FeatureCount);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), rows.ClassCount);
        return mlContext.Data.LoadFromEnumerable(
            picked.Select(row => new Row { Features = rows.Features(row).ToArray(), Label = (uint)rows.Label(row) }), schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        // The class from 0: the data view makes keys, which count from 1.
        public uint Label { get; set; }
    }
}
