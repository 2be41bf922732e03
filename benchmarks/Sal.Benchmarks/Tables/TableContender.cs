using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Benchmarks.Contenders;
using Sal.Benchmarks.Data;
using Sal.Core.Data;
using Sal.Core.Training;

namespace Sal.Benchmarks.Tables;

/// <summary>A classifier to measure on tables: it learns from the rows of a split and scores the others.</summary>
/// <param name="name">The name that <c>--contenders</c> picks it by.</param>
/// <param name="takesMissing">Whether it learns from NaN; otherwise a missing number becomes the mean and an indicator.</param>
internal abstract class TableContender(string name, bool takesMissing)
{
    private static readonly string[] _python = ["histgb-sklearn", "randomforest-sklearn", "xgboost", "mlp-sklearn"];
    private static readonly string[] _takeMissing = ["lightgbm", "histgb-sklearn", "xgboost"];

    /// <summary>Gets the names of all contenders.</summary>
    public static IReadOnlyList<string> All { get; } = ["sal", .. MLNetTrainer.Peers.Select(peer => peer.Name), .. _python];

    public string Name => name;

    /// <summary>Gets why it cannot run on this machine; null if it can.</summary>
    public virtual string? Obstacle => null;

    /// <summary>Creates a contender.</summary>
    /// <param name="name">
    /// One of <see cref="All"/>, or <c>sal:Option=Value;Option=Value</c> for SAL with some options changed; <c>label=sal:...</c> names it.
    /// </param>
    /// <exception cref="ArgumentException">There is no such contender.</exception>
    public static TableContender Create(string name)
    {
        int options = name.IndexOf("sal:", StringComparison.Ordinal);
        if (options >= 0)
        {
            Action<SalTrainingOptions> configure = OptionText.Parse(name[(options + 4)..]);
            return new MLNet(options > 1 ? name[..(options - 1)] : name, takesMissing: true, mlContext => Sal(mlContext, configure));
        }

        if (name == "sal")
        {
            return new MLNet(name, takesMissing: true, mlContext => Sal(mlContext, _ => { }));
        }

        if (MLNetTrainer.Peers.FirstOrDefault(peer => peer.Name == name) is { } trainer)
        {
            return new MLNet(name, _takeMissing.Contains(name), trainer.Create);
        }

        return _python.Contains(name)
            ? new Python(name, _takeMissing.Contains(name))
            : throw new ArgumentException(
                $"There is no contender '{name}'. The contenders are {string.Join(", ", All)}, and sal:Option=Value;... .");
    }

    /// <summary>Trains a model on the rows of a split, and scores its test rows.</summary>
    public Outcome Run(TableFeatures features, int split, CancellationToken cancellationToken)
    {
        (IDataView training, IDataView test) = features.Get(isFilled: !takesMissing);
        return Run(features.MLContext, training, test, split, cancellationToken);
    }

    private protected abstract Outcome Run(
        MLContext mlContext, IDataView training, IDataView test, int split, CancellationToken cancellationToken);

    private static IEstimator<ITransformer> Sal(MLContext mlContext, Action<SalTrainingOptions> configure)
    {
        var options = new SalMulticlassTrainer.Options();
        configure(options);
        return mlContext.MulticlassClassification.Trainers.Sal(options);
    }

    private sealed class MLNet(string name, bool takesMissing, Func<MLContext, IEstimator<ITransformer>> create)
        : TableContender(name, takesMissing)
    {
        private protected override Outcome Run(
            MLContext mlContext, IDataView training, IDataView test, int split, CancellationToken cancellationToken)
        {
            long start = Stopwatch.GetTimestamp();
            ITransformer model = create(mlContext).Fit(training);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

            // The first pass compiles and warms up what the second one measures.
            Score();
            start = Stopwatch.GetTimestamp();
            float[] scores = Score();
            double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            return new Outcome(scores, seconds, microseconds / TableFeatures.Labels(test).Length);

            float[] Score() => [.. model.Transform(test).GetColumn<float[]>("Score").SelectMany(ofRow => ofRow)];
        }
    }

    private sealed class Python(string name, bool takesMissing) : TableContender(name, takesMissing)
    {
        private readonly PythonContender _contender = new(name);

        public override string? Obstacle => _contender.Obstacle;

        private protected override Outcome Run(
            MLContext mlContext, IDataView training, IDataView test, int split, CancellationToken cancellationToken)
        {
            int features = ((VectorDataViewType)training.Schema["Features"].Type).Size;
            int classes = (int)((KeyDataViewType)training.Schema["Label"].Type).Count;
            int[] trainingLabels = TableFeatures.Labels(training), testLabels = TableFeatures.Labels(test);
            int trainingRows = trainingLabels.Length, testRows = testLabels.Length;
            var rows = new LabeledRows(
                [.. Values(training), .. Values(test)], [.. trainingLabels, .. testLabels], features, classes);
            var set = new BenchmarkSet("table", rows, InputScaling.PerFeature, trainingRows);
            return _contender.Run(new Trial(set, RowSplit.First(trainingRows, trainingRows + testRows), split), cancellationToken);
        }

        private static IEnumerable<float> Values(IDataView view) => view.GetColumn<float[]>("Features").SelectMany(ofRow => ofRow);
    }
}
