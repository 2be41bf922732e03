using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training;

/// <summary>
/// The second half of a step: the gradients of every layer's parameters, straight into the optimiser. Everything that belongs to a unit
/// (its weights, bias, readouts and feedback) depends on that unit's delta alone, so the units of all layers can be updated in any order.
/// </summary>
internal abstract class ParameterPass
{
    /// <summary>Panels of 16 units that a work item updates.</summary>
    public const int PanelsPerItem = 2;

    public static ParameterPass Create(SalTrainingOptions options) => options.Optimizer switch
    {
        OptimizerKind.AdamW => new ParameterPass<AdamWStep>(options),
        OptimizerKind.Sgd => new ParameterPass<SgdStep>(options),
        OptimizerKind.SgdMomentum => new ParameterPass<SgdMomentumStep>(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options)),
    };

    /// <summary>Moments that the optimiser keeps for each parameter.</summary>
    public abstract int MomentCount { get; }

    /// <summary>Fresh optimiser state for a network.</summary>
    public abstract NetworkMoments CreateMoments(SalNetwork network);

    /// <summary>Updates the units of one work item.</summary>
    /// <param name="group">The rows that the layer's area learns from; all rows in a layer that is not routed.</param>
    /// <param name="groupIndex">The group's place in the mini-batch.</param>
    /// <param name="input">The layer's input, rows x inputs.</param>
    /// <param name="panelStart">The first panel of units.</param>
    public abstract void Run(
        AreaParameters parameters, AreaMoments moments, MiniBatch.Group group, int groupIndex, InputRows input, StepBuffers buffers,
        int layer, int panelStart, double learningRate);
}

/// <inheritdoc/>
internal sealed class ParameterPass<TStep>(SalTrainingOptions options) : ParameterPass
    where TStep : struct, IOptimizerStep<TStep>
{
    private readonly bool _isAligned = options.Rule == LearningRule.Local && options.Feedback == FeedbackKind.Aligned;

    public override int MomentCount => TStep.MomentCount;

    public override NetworkMoments CreateMoments(SalNetwork network) => new(network, TStep.MomentCount);

    public override void Run(
        AreaParameters parameters, AreaMoments moments, MiniBatch.Group group, int groupIndex, InputRows input, StepBuffers buffers,
        int layer, int panelStart, double learningRate)
    {
        PanelMatrix hidden = buffers.Hidden[layer], delta = buffers.Delta[layer], error = buffers.ReadoutError[layer];
        int panelEnd = Math.Min(panelStart + PanelsPerItem, hidden.PanelCount);
        var settings = new StepSettings(learningRate, moments.Steps + 1, options.Momentum, options.WeightDecay!.Value);
        float scale = 1f / group.Count;

        var weights = new UpdateSink<TStep>(parameters.Weights, TStep.Create(settings, moments.Weights), scale, settings.Keep);
        input.MultiplyTransposed(
            groupIndex, delta, group.Start, group.PaddedEnd, panelStart, panelEnd, parameters.Weights, ref weights);

        var bias = new UpdateSink<TStep>(parameters.Bias, TStep.Create(settings, moments.Bias), scale, keep: 1);
        PanelProduct.SumRows(delta, group.Start, group.PaddedEnd, panelStart, panelEnd, ref bias);

        TStep readoutStep = TStep.Create(settings, moments.Readout);
        if (_isAligned)
        {
            var readout = new AlignedUpdateSink<TStep>(parameters.Readout, parameters.Feedback!, readoutStep, scale, settings.Keep);
            PanelProduct.MultiplyTransposed(
                error, hidden, group.Start, group.PaddedEnd, panelStart, panelEnd, parameters.Readout.RowCapacity, ref readout);
        }
        else
        {
            var readout = new UpdateSink<TStep>(parameters.Readout, readoutStep, scale, settings.Keep);
            PanelProduct.MultiplyTransposed(
                error, hidden, group.Start, group.PaddedEnd, panelStart, panelEnd, parameters.Readout.RowCapacity, ref readout);
        }

        if (panelStart == 0)
        {
            var readoutBias = new UpdateSink<TStep>(parameters.ReadoutBias, TStep.Create(settings, moments.ReadoutBias), scale, keep: 1);
            PanelProduct.SumRows(error, group.Start, group.PaddedEnd, 0, error.PanelCount, ref readoutBias);
        }
    }
}
