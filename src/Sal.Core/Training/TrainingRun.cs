using System.Diagnostics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training.Checkpoints;
using Sal.Core.Training.Routing;

namespace Sal.Core.Training;

/// <summary>
/// One call of <see cref="SalTrainer.Train"/>, from rows to model: a shared phase, the partition, a routed phase. An open number of areas is
/// put to the test where there are validation rows: the better of going on with and without areas is kept.
/// </summary>
internal sealed class TrainingRun
{
    private readonly SalTrainingOptions _options;
    private readonly TrainingSet _rows;
    private readonly TrainingSet? _validationRows;
    private readonly SalModel? _start;
    private readonly WorkerTeam _team;
    private readonly TrainingLimits _limits;
    private readonly CheckpointFiles? _checkpoints;
    private readonly IProgress<SalTrainingProgress>? _progress;
    private readonly ParameterPass _parameterPass;
    private readonly double[] _classWeights;
    private readonly int _epochs;
    private readonly int _areas; // of the partition; 1 for none
    private readonly int _sharedEpochs;
    private readonly bool _isCompared;

    /// <param name="options">The options, with those chosen that were left open.</param>
    /// <param name="start">A model to train further: in place of the shared phase and the partition.</param>
    public TrainingRun(
        SalTrainingOptions options, TrainingSet rows, TrainingSet? validationRows, SalModel? start, WorkerTeam team, TrainingLimits limits,
        CheckpointFiles? checkpoints, IProgress<SalTrainingProgress>? progress)
    {
        _options = options;
        _rows = rows;
        _validationRows = validationRows;
        _start = start;
        _team = team;
        _limits = limits;
        _checkpoints = checkpoints;
        _progress = progress;
        _parameterPass = ParameterPass.Create(options);
        _classWeights = ClassWeights.Of(rows, options.UnbalancedSets);
        _epochs = options.NumberOfEpochs!.Value;
        _areas = start is null ? options.NumberOfAreas ?? AutomaticOptions.NumberOfAreas(rows) : 1;
        _sharedEpochs = _areas == 1 ? _epochs : (int)(options.SharedPhaseFraction * _epochs);
        _isCompared = _areas > 1 && options.NumberOfAreas is null && validationRows is not null;
    }

    public SalTrainingResult Run()
    {
        CheckMemory();
        TrainingState state = _checkpoints?.Resume(_start?.Network.Shape ?? Shape(), _parameterPass) ?? Begin();
        Validation? validation = _validationRows is null ? null : new Validation(_validationRows, state.Transform, _team, _limits);
        RunBranches(state, validation);
        if (_areas > 1 && !state.IsPartitioned && !_limits.IsTimeUp)
        {
            Partition(state);
            RunBranches(state, validation);
        }

        SaveCheckpoint(state, isLast: true);
        Branch best = state.Best;
        (SalNetwork network, Router router) = best.Best is { } remembered ? (remembered.Network, remembered.Router) : (best.Network, best.Router);
        return new SalTrainingResult(new SalModel(state.Transform, router, network), new SalTrainingHistory(best.Epochs));
    }

    private TrainingState Begin()
    {
        InputTransform transform = _start?.Transform ?? InputStandardization.Fit(_rows, _options.InputScaling, _options.InputClip, _limits);
        SalNetwork network = _start?.Network.Clone() ?? NetworkInitialization.Create(Shape(), _options, _team);
        Router router = _start?.Router ?? Router.SingleArea(_rows.FeatureCount, _rows.IsSparse);
        TrainingPhase phase = router.NumberOfAreas == 1 ? TrainingPhase.Shared : TrainingPhase.Routed;
        return new TrainingState(transform, new Branch(phase, network, _parameterPass.CreateMoments(network), router, nextEpoch: 0));
    }

    private void Partition(TrainingState state)
    {
        Branch trunk = state.Branches[0];
        Branch? shared = _isCompared ? trunk.Continue(_sharedEpochs) : null;
        Router router = RouterLearning.Learn(_options, _areas, _rows, state.Transform, _limits);
        Divergence.Check(router);
        Branch split = trunk.Split(router, _sharedEpochs);
        state.Partition(shared is null ? [split] : [split, shared]);
    }

    private void RunBranches(TrainingState state, Validation? validation)
    {
        foreach (Branch branch in state.Branches)
        {
            RunEpochs(state, branch, validation);
        }
    }

    private void RunEpochs(TrainingState state, Branch branch, Validation? validation)
    {
        if (!GoesOn())
        {
            return;
        }

        RowAreas areas = branch.Router.NumberOfAreas == 1 ? RowAreas.Single : RowAreas.Route(branch.Router, _rows, state.Transform, _team, _limits);
        var data = new TrainingData(_rows, state.Transform, _classWeights, areas);
        var phase = new Phase(_options, branch.Phase, branch.Network, branch.Moments, _parameterPass, data, _team, _limits);
        validation?.Route(branch.Router);
        while (GoesOn())
        {
            long start = Stopwatch.GetTimestamp();
            EpochTotals totals = phase.RunEpoch(branch.NextEpoch);
            if (totals.RowCount == 0)
            {
                return; // the time was up
            }

            Divergence.Check(branch.Network, branch.Moments, branch.NextEpoch + 1);
            (double Loss, double Accuracy)? validated = validation?.Evaluate(branch.Network);
            var epoch = new SalEpoch(
                branch.NextEpoch + 1, branch.Phase, phase.LearningRate(branch.NextEpoch, 0), totals.MeanLoss, totals.Accuracy,
                Stopwatch.GetElapsedTime(start).TotalSeconds, phase.AreaLoads, validated?.Loss, validated?.Accuracy);
            branch.Finish(epoch, _options.MinimumImprovement);
            state.FinishedEpochs++;
            SaveCheckpoint(state);
            int planned = _epochs + (_isCompared ? _epochs - _sharedEpochs : 0);
            _progress?.Report(new SalTrainingProgress(epoch, state.FinishedEpochs, planned));
        }

        bool GoesOn() => branch.NextEpoch < (state.IsPartitioned ? _epochs : _sharedEpochs)
            && branch.SinceImprovement < (_options.EarlyStoppingPatience ?? int.MaxValue);
    }

    // The epoch that the time budget ends may be half done: nothing to go on from.
    private void SaveCheckpoint(TrainingState state, bool isLast = false)
    {
        if (!_limits.IsTimeUp)
        {
            _checkpoints?.Save(state, isLast);
        }
    }

    private void CheckMemory()
    {
        NetworkShape shape = _start?.Network.Shape ?? Shape() with { NumberOfAreas = _areas };
        NetworkLimits.CheckMemory(
            shape, _options.Rule != LearningRule.Backpropagation, _options.Router == RouterKind.RandomHyperplanes ? 1 : shape.NumberOfAreas,
            _parameterPass.MomentCount, Math.Max(Math.Min(_options.BatchSize!.Value, _rows.RowCount), RowAreas.RowsPerItem));
    }

    private NetworkShape Shape() => new(
        _rows.FeatureCount, _rows.ClassCount, _options.HiddenUnits, _options.NumberOfLayers, NumberOfAreas: 1, _options.RoutedLayers,
        _options.Activation, _options.Residual, _rows.IsSparse);
}
