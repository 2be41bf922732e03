using System.Diagnostics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training.Routing;

namespace Sal.Core.Training;

/// <summary>One call of <see cref="SalTrainer.Train"/>, from rows to model.</summary>
/// <param name="options">The options, epochs and mini-batch sizes chosen.</param>
internal sealed class TrainingRun(
    SalTrainingOptions options, TrainingSet rows, TrainingSet? validationRows, WorkerTeam team, TrainingLimits limits,
    IProgress<SalTrainingProgress>? progress)
{
    private readonly ParameterPass _parameterPass = ParameterPass.Create(options);
    private readonly double[] _classWeights = ClassWeights.Of(rows, options.UnbalancedSets);
    private readonly int _epochs = options.NumberOfEpochs!.Value;
    private int _finishedEpochs;
    private int _plannedEpochs = options.NumberOfEpochs!.Value;

    public SalTrainingResult Run(SalModel? start)
    {
        InputTransform transform = start?.Transform ?? InputStandardization.Fit(rows, options.InputScaling, options.InputClip, limits);
        Validation? validation = validationRows is null ? null : new Validation(validationRows, transform, team, limits);
        Branch best = start is null ? TrainNew(transform, validation) : TrainFurther(start, transform, validation);
        (SalNetwork network, Router router) = best.Best is { } remembered ? (remembered.Network, remembered.Router) : (best.Network, best.Router);
        return new SalTrainingResult(new SalModel(transform, router, network), new SalTrainingHistory(best.Epochs));
    }

    // Shared phase, partition, routed phase. An open number of areas is put to the test where there are validation rows: the better
    // of going on with and without areas is kept.
    private Branch TrainNew(InputTransform transform, Validation? validation)
    {
        int areas = options.NumberOfAreas ?? AutomaticOptions.NumberOfAreas(rows);
        int sharedEpochs = areas == 1 ? _epochs : (int)(options.SharedPhaseFraction * _epochs);
        bool isCompared = areas > 1 && options.NumberOfAreas is null && validation is not null;
        _plannedEpochs += isCompared ? _epochs - sharedEpochs : 0;

        CheckMemory(Shape() with { NumberOfAreas = areas });
        SalNetwork network = NetworkInitialization.Create(Shape(), options, team);
        var trunk = new Branch(network, _parameterPass.CreateMoments(network), Router.SingleArea(rows.FeatureCount, rows.IsSparse));
        RunEpochs(trunk, TrainingPhase.Shared, transform, validation, 0, sharedEpochs);
        if (areas == 1 || limits.IsTimeUp)
        {
            return trunk;
        }

        Branch? shared = isCompared ? trunk.Continue() : null;
        Router router = RouterLearning.Learn(options, areas, rows, transform, limits);
        Divergence.Check(router);
        Branch split = trunk.Split(router);
        RunEpochs(split, TrainingPhase.Routed, transform, validation, sharedEpochs, _epochs);
        if (shared is null)
        {
            return split;
        }

        RunEpochs(shared, TrainingPhase.Shared, transform, validation, sharedEpochs, _epochs);
        return Loss(split) < Loss(shared) ? split : shared;

        static double Loss(Branch branch) => branch.Best?.Loss ?? double.PositiveInfinity;
    }

    private Branch TrainFurther(SalModel start, InputTransform transform, Validation? validation)
    {
        CheckMemory(start.Network.Shape);
        SalNetwork network = start.Network.Clone();
        var branch = new Branch(network, _parameterPass.CreateMoments(network), start.Router);
        TrainingPhase phase = start.NumberOfAreas == 1 ? TrainingPhase.Shared : TrainingPhase.Routed;
        RunEpochs(branch, phase, transform, validation, 0, _epochs);
        return branch;
    }

    private void RunEpochs(Branch branch, TrainingPhase kind, InputTransform transform, Validation? validation, int first, int end)
    {
        RowAreas areas = branch.Router.NumberOfAreas == 1 ? RowAreas.Single : RowAreas.Route(branch.Router, rows, transform, team, limits);
        var data = new TrainingData(rows, transform, _classWeights, areas);
        var phase = new Phase(options, kind, branch.Network, branch.Moments, _parameterPass, data, team, limits);
        validation?.Route(branch.Router);
        int sinceImprovement = 0;
        for (int epoch = first; epoch < end && sinceImprovement < (options.EarlyStoppingPatience ?? int.MaxValue); epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            EpochTotals totals = phase.RunEpoch(epoch);
            if (totals.RowCount == 0)
            {
                return; // the time was up
            }

            Divergence.Check(branch.Network, branch.Moments, epoch + 1);
            (double Loss, double Accuracy)? validated = validation?.Evaluate(branch.Network);
            branch.Epochs.Add(new SalEpoch(
                epoch + 1, kind, phase.LearningRate(epoch, 0), totals.MeanLoss, totals.Accuracy, Stopwatch.GetElapsedTime(start).TotalSeconds,
                phase.AreaLoads, validated?.Loss, validated?.Accuracy));
            if (validated is { } result)
            {
                sinceImprovement = branch.Offer(result.Loss, options.MinimumImprovement) ? 0 : sinceImprovement + 1;
            }

            progress?.Report(new SalTrainingProgress(branch.Epochs[^1], ++_finishedEpochs, _plannedEpochs));
        }
    }

    private void CheckMemory(NetworkShape shape) => NetworkLimits.CheckMemory(
        shape, options.Rule != LearningRule.Backpropagation, options.Router == RouterKind.RandomHyperplanes ? 1 : shape.NumberOfAreas,
        _parameterPass.MomentCount, Math.Max(Math.Min(options.BatchSize!.Value, rows.RowCount), RowAreas.RowsPerItem));

    private NetworkShape Shape() => new(
        rows.FeatureCount, rows.ClassCount, options.HiddenUnits, options.NumberOfLayers, NumberOfAreas: 1, options.RoutedLayers,
        options.Activation, options.Residual, rows.IsSparse);
}
