using System.Diagnostics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Training.Checkpoints;
using Sal.Core.Training.Routing;
using Sal.Core.Training.Step;

namespace Sal.Core.Training;

/// <summary>
/// A training run from rows to model: a shared phase, the partition and a routed phase. If the number of areas is open and there are
/// validation rows, training continues both with and without areas, and the better model is kept.
/// </summary>
internal sealed class TrainingRun
{
    private readonly SalTrainingOptions _options;
    private readonly TrainingInputs _inputs;
    private readonly WorkerTeam _team;
    private readonly TrainingLimits _limits;
    private readonly CheckpointFiles? _checkpoints;
    private readonly ISalTrainingObserver _observer;
    private readonly ParameterPass _parameterPass;
    private readonly double[] _classWeights;
    private readonly int _epochs;
    private readonly int _areas; // after the partition; 1 if there is none
    private readonly int _sharedEpochs;
    private readonly bool _isCompared;
    private InputEncoding? _encoding; // fitted before anything else, as the layout depends on it
    private SalTrainingResult? _kept; // the best model so far, to be returned if training is canceled
    private int _epochInTraining; // from 1

    /// <param name="options">The options, with open ones already chosen.</param>
    /// <param name="inputs">The inputs of the run.</param>
    /// <param name="team">The workers that share the work.</param>
    /// <param name="limits">The limits that can end training early.</param>
    /// <param name="checkpoints">The checkpoint files, or null.</param>
    /// <param name="observer">Receives decisions and epochs.</param>
    public TrainingRun(
        SalTrainingOptions options, TrainingInputs inputs, WorkerTeam team, TrainingLimits limits, CheckpointFiles? checkpoints,
        ISalTrainingObserver observer)
    {
        _options = options;
        _inputs = inputs;
        _team = team;
        _limits = limits;
        _checkpoints = checkpoints;
        _observer = observer;
        _parameterPass = ParameterPass.Create(options);
        _classWeights = ClassWeights.Compute(inputs.Rows, options.UnbalancedSets);
        _epochs = options.NumberOfEpochs!.Value;
        _areas = inputs.Start is null ? options.NumberOfAreas ?? AutomaticOptions.NumberOfAreas(inputs.Rows) : 1;
        _sharedEpochs = options.SharedEpochs(_areas);
        _isCompared = _areas > 1 && options.NumberOfAreas is null && inputs.ValidationRows is not null;
    }

    /// <exception cref="OperationCanceledException">Training was canceled, and there is no model to keep.</exception>
    public SalTrainingResult Run()
    {
        _encoding = _inputs.Start?.Encoding ?? _inputs.Encoding;
        FeatureMoments? moments = null;
        if (_encoding is null)
        {
            moments = FeatureMoments.Measure(_inputs.Rows, _limits.CancellationToken);
            _encoding = InputEncodingFit.Fit(_inputs.Rows, moments, _options.Input, _limits.CancellationToken);
        }

        NetworkLimits.CheckInputs(_encoding.InputCount);
        CheckMemory();
        _observer.OnStarted(new SalTrainingStart(_options.Clone(), _classWeights)
        {
            RowCount = _inputs.Rows.RowCount,
            ValidationRowCount = _inputs.ValidationRows?.RowCount ?? 0,
            ConstantFeatures = moments?.ConstantFeatures ?? [],
            InfiniteFeatures = moments?.InfiniteFeatures ?? [],
        });
        try
        {
            return Train();
        }
        catch (OperationCanceledException) when (_kept is not null && _limits.CancellationToken.IsCancellationRequested)
        {
            // The state may be in the middle of an epoch, so the last checkpoint is left as it is.
            return _kept with { StoppedInEpoch = _epochInTraining };
        }
    }

    private SalTrainingResult Train()
    {
        TrainingState state = _checkpoints?.Resume(Shape(), _parameterPass) ?? Begin();
        Validation? validation = _inputs.ValidationRows is { } rows ? new Validation(rows, state.Encoding, _team, _limits) : null;
        if (state.FinishedEpochs > 0)
        {
            _epochInTraining = state.Best.NextEpoch;
            Keep(state);
        }

        RunBranches(state, validation);
        if (_areas > 1 && !state.IsPartitioned && !_limits.IsTimeUp && !_limits.IsStopped)
        {
            Partition(state);
            RunBranches(state, validation);
        }

        if (_areas > 1 && !state.IsPartitioned && !_limits.IsStopped && _options.NumberOfAreas is not null)
        {
            _observer.OnWarning(
                $"The model has one area instead of {_areas}: {nameof(SalTrainingOptions.TimeBudgetSeconds)} ended training after "
                + $"{state.FinishedEpochs} of {_epochs} epochs, before the rows were divided. Raise it, or lower "
                + $"{nameof(SalTrainingOptions.NumberOfEpochs)} or {nameof(SalTrainingOptions.SharedPhaseFraction)}.");
        }

        SaveCheckpoint(state, isLast: true);
        bool isComplete = (_areas == 1 || state.IsPartitioned) && !state.Branches.Any(branch => Continues(state, branch));
        return Result(state) with { StoppedInEpoch = _limits.IsStopped && !isComplete ? _epochInTraining : null };
    }

    private static SalTrainingResult Result(TrainingState state)
    {
        Branch best = state.Best;
        (SalNetwork network, Router router) = best.Best is { } remembered
            ? (remembered.Network, remembered.Router)
            : (best.Network, best.Router);
        var model = new SalModel(state.Encoding, router, network);
        return new SalTrainingResult(model, new SalTrainingHistory([.. best.Epochs])) { KeptEpoch = best.KeptEpoch };
    }

    // Training goes on with the network of the branch, but not with a remembered one.
    private void Keep(TrainingState state)
    {
        if (_options.KeepModelOnCancellation)
        {
            SalTrainingResult result = Result(state);
            _kept = state.Best.Best is not null
                ? result
                : result with { Model = new SalModel(state.Encoding, result.Model.Router, result.Model.Network.Clone()) };
        }
    }

    private TrainingState Begin()
    {
        SalModel? start = _inputs.Start;
        TrainingSet rows = _inputs.Rows;
        SalNetwork network = start?.Network.Clone() ?? NetworkInitialization.Create(Shape(), _options, _team);
        Router router = start?.Router ?? Router.SingleArea(_encoding!.InputCount, rows.IsSparse);
        TrainingPhase phase = router.NumberOfAreas == 1 ? TrainingPhase.Shared : TrainingPhase.Routed;
        return new TrainingState(_encoding!, new Branch(phase, network, _parameterPass.CreateMoments(network), router, nextEpoch: 0));
    }

    private void Partition(TrainingState state)
    {
        Branch trunk = state.Branches[0];
        Branch? shared = _isCompared ? trunk.Continue(_sharedEpochs) : null;
        Router router = RouterLearning.Learn(_options, _areas, _inputs.Rows, state.Encoding, _limits);
        Divergence.Check(router);
        Branch split = trunk.Split(router, _sharedEpochs);
        state.Partition(shared is null ? [split] : [split, shared]);
    }

    private void RunBranches(TrainingState state, Validation? validation)
    {
        foreach (Branch branch in state.Branches)
        {
            RunEpochs(state, branch, validation);
            if (_limits.IsStopped)
            {
                return;
            }
        }
    }

    private void RunEpochs(TrainingState state, Branch branch, Validation? validation)
    {
        if (!Continues(state, branch))
        {
            return;
        }

        RowAreas areas = RowAreas.Route(_inputs.Rows, branch.Router, state.Encoding, _team, _limits);
        var data = new TrainingData(_inputs.Rows, state.Encoding, _classWeights, areas);
        var runner = new EpochRunner(_options, branch, _parameterPass, data, _team, _limits);
        validation?.Route(branch.Router);
        while (Continues(state, branch))
        {
            _limits.ThrowIfCanceled();
            _epochInTraining = branch.NextEpoch + 1;
            long start = Stopwatch.GetTimestamp();
            EpochTotals totals = runner.RunEpoch(branch.NextEpoch);
            if (totals.RowCount == 0)
            {
                return; // the time budget is used up
            }

            Divergence.Check(branch.Network, branch.Moments, branch.NextEpoch + 1);
            (double Loss, double Accuracy)? validated = validation?.Evaluate(branch.Network);
            var epoch = new SalEpoch(
                branch.NextEpoch + 1, branch.Phase, runner.LearningRate(branch.NextEpoch, 0), totals.MeanLoss, totals.Accuracy,
                Stopwatch.GetElapsedTime(start).TotalSeconds, runner.AreaLoads, validated?.Loss, validated?.Accuracy);
            branch.Finish(epoch, _options.MinimumImprovement);
            state.FinishedEpochs++;
            SaveCheckpoint(state);
            Keep(state);
            int planned = _epochs + (_isCompared ? _epochs - _sharedEpochs : 0);
            _observer.OnEpochEnded(new SalTrainingProgress(epoch, state.FinishedEpochs, planned) { RequestStop = _limits.Stop });
            if (_limits.IsStopped)
            {
                return;
            }
        }
    }

    private bool Continues(TrainingState state, Branch branch) =>
        branch.NextEpoch < (state.IsPartitioned ? _epochs : _sharedEpochs)
        && branch.SinceImprovement < (_options.EarlyStoppingPatience ?? int.MaxValue);

    // An epoch that the time budget cut short may be incomplete, so training cannot resume from it.
    private void SaveCheckpoint(TrainingState state, bool isLast = false)
    {
        if (!_limits.IsTimeUp)
        {
            _checkpoints?.Save(state, isLast);
        }
    }

    private void CheckMemory()
    {
        NetworkShape shape = _inputs.Start is null ? Shape() with { NumberOfAreas = _areas } : Shape();
        int rows = Math.Max(Math.Min(_options.BatchSize!.Value, _inputs.Rows.RowCount), RowAreas.RowsPerItem);
        NetworkLimits.CheckMemory(
            shape, _options.UsesFeedback, RouterLearning.RoutingWidth(_options.Router, shape.NumberOfAreas), _parameterPass.MomentCount,
            rows);
    }

    // The initial layout of the network.
    private NetworkShape Shape() => _inputs.Start?.Network.Shape ?? new(
        _encoding!.InputCount, _inputs.Rows.ClassCount, _options.HiddenUnits!.Value, _options.NumberOfLayers, NumberOfAreas: 1,
        _options.RoutedLayers, _options.Activation, _options.Residual, _inputs.Rows.IsSparse);
}
