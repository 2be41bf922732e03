using System.Diagnostics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training.Routing;

namespace Sal.Core.Training;

/// <summary>
/// Trains SAL networks: a shared phase in which all rows train one set of parameters, the partition of the rows by a learned router, and a
/// routed phase in which every area goes on by itself from a copy of the shared parameters.
/// </summary>
public sealed class SalTrainer
{
    private const int MaximumAutomaticAreas = 8;
    private const int MinimumRowsPerArea = 64;

    private readonly SalTrainingOptions _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">What to train, and how; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SalTrainer(SalTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options.Clone();
    }

    /// <summary>The areas that training on <paramref name="rowCount"/> rows starts the routed phase with, where the option leaves it open.</summary>
    public static int ChooseNumberOfAreas(int rowCount) => Math.Clamp(rowCount / MinimumRowsPerArea, 1, MaximumAutomaticAreas);

    /// <summary>Trains a model.</summary>
    /// <param name="rows">What to learn from.</param>
    /// <param name="progress">Told of every epoch, on the calling thread.</param>
    /// <param name="cancellationToken">Looked at before every mini-batch.</param>
    /// <exception cref="ArgumentException">There are no rows, or they are all of one class.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public SalTrainingResult Train(TrainingSet rows, IProgress<SalTrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckRows(rows);
        using var team = new WorkerTeam(_options.NumberOfThreads ?? Environment.ProcessorCount);
        var history = new List<SalEpoch>(_options.NumberOfEpochs);
        int areas = _options.NumberOfAreas ?? ChooseNumberOfAreas(rows.RowCount);
        int sharedEpochs = areas == 1 ? _options.NumberOfEpochs : (int)(_options.SharedPhaseFraction * _options.NumberOfEpochs);

        InputTransform transform = InputStandardization.Fit(rows, _options.InputScaling, _options.InputClip);
        SalNetwork network = NetworkInitialization.Create(Shape(rows), _options, team);
        ParameterPass parameterPass = ParameterPass.Create(_options);
        NetworkMoments moments = parameterPass.CreateMoments(network);
        Router router = Router.SingleArea(rows.FeatureCount);

        RunEpochs(new Phase(_options, TrainingPhase.Shared, network, moments, parameterPass, rows, transform, RowAreas.Single, team), 0, sharedEpochs);
        if (areas > 1)
        {
            router = RouterLearning.Learn(_options, areas, rows, transform);
            RowAreas rowAreas = RowAreas.Route(router, rows, transform, team);
            network = network.Split(areas);
            moments = moments.Split(network.Shape);
            var phase = new Phase(_options, TrainingPhase.Routed, network, moments, parameterPass, rows, transform, rowAreas, team);
            RunEpochs(phase, sharedEpochs, _options.NumberOfEpochs);
        }

        return new SalTrainingResult(new SalModel(transform, router, network), new SalTrainingHistory(history));

        void RunEpochs(Phase phase, int first, int end)
        {
            for (int epoch = first; epoch < end; epoch++)
            {
                long start = Stopwatch.GetTimestamp();
                EpochTotals totals = phase.RunEpoch(epoch, cancellationToken);
                history.Add(new SalEpoch(
                    epoch + 1, phase.Kind, phase.LearningRate(epoch, 0), totals.MeanLoss, totals.Accuracy,
                    Stopwatch.GetElapsedTime(start).TotalSeconds, phase.AreaLoads));
                progress?.Report(new SalTrainingProgress(history[^1], _options.NumberOfEpochs));
            }
        }
    }

    private NetworkShape Shape(TrainingSet rows) => new(
        rows.FeatureCount, rows.ClassCount, _options.HiddenUnits, _options.NumberOfLayers, NumberOfAreas: 1, _options.RoutedLayers,
        _options.Activation, _options.Residual);

    private static void CheckRows(TrainingSet rows)
    {
        if (rows.RowCount == 0)
        {
            throw new ArgumentException("There are no rows to train on. Check that the data is not empty and that its rows have labels and finite features.", nameof(rows));
        }

        int label = rows.Label(0);
        for (int row = 1; row < rows.RowCount; row++)
        {
            if (rows.Label(row) != label)
            {
                return;
            }
        }

        throw new ArgumentException($"All {rows.RowCount} rows are of the same class ({label}). Training needs rows of at least two classes.", nameof(rows));
    }
}
