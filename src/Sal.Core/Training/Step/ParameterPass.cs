using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Training.Step;

/// <summary>
/// The second half of a step: computes the gradients of all parameters and passes them straight to the optimizer. Everything that belongs
/// to a unit (its weights, bias, readouts and feedback) depends on that unit's delta alone, so the units of all layers can be updated in
/// any order.
/// </summary>
internal abstract class ParameterPass
{
    /// <summary>The number of panels of 16 units that a work item updates.</summary>
    public const int PanelsPerItem = 2;

    public static ParameterPass Create(SalTrainingOptions options) => options.Optimizer switch
    {
        OptimizerKind.AdamW => new ParameterPass<AdamWStep>(options),
        OptimizerKind.Sgd => new ParameterPass<SgdStep>(options),
        OptimizerKind.SgdMomentum => new ParameterPass<SgdMomentumStep>(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options)),
    };

    /// <summary>Gets the number of moments that the optimizer keeps per parameter.</summary>
    public abstract int MomentCount { get; }

    /// <summary>Creates the initial optimizer state of a network.</summary>
    public abstract NetworkMoments CreateMoments(SalNetwork network);

    /// <summary>Updates some units of an area.</summary>
    public abstract void Run(in UnitUpdate update);
}

/// <inheritdoc/>
internal sealed class ParameterPass<TStep>(SalTrainingOptions options) : ParameterPass
    where TStep : struct, IOptimizerStep<TStep>
{
    public override int MomentCount => TStep.MomentCount;

    public override NetworkMoments CreateMoments(SalNetwork network) => new(network, TStep.MomentCount);

    public override void Run(in UnitUpdate update)
    {
        AreaParameters parameters = update.Parameters;
        AreaMoments moments = update.Moments;
        Interval rows = update.Group.Rows, units = update.Units;
        PanelMatrix error = update.Error;
        var settings = new StepSettings(update.LearningRate, moments.Steps + 1, options.Momentum, options.WeightDecay!.Value);
        float scale = 1f / update.Group.Count;

        var weights = new UpdateSink<TStep>(parameters.Weights, TStep.Create(settings, moments.Weights), scale, settings.Keep);
        update.Input.MultiplyTransposed(update.Group.Index, update.Delta, rows, units, ref weights);

        var bias = new UpdateSink<TStep>(parameters.Bias, TStep.Create(settings, moments.Bias), scale, keep: 1);
        PanelProduct.SumRows(update.Delta, rows, units, ref bias);

        TStep readoutStep = TStep.Create(settings, moments.Readout);
        if (options.AlignsFeedback)
        {
            var readout = new AlignedUpdateSink<TStep>(parameters.Readout, parameters.Feedback!, readoutStep, scale, settings.Keep);
            PanelProduct.MultiplyTransposed(error, update.Hidden, rows, units, ref readout);
        }
        else
        {
            var readout = new UpdateSink<TStep>(parameters.Readout, readoutStep, scale, settings.Keep);
            PanelProduct.MultiplyTransposed(error, update.Hidden, rows, units, ref readout);
        }

        if (units.Start == 0)
        {
            var readoutBias = new UpdateSink<TStep>(parameters.ReadoutBias, TStep.Create(settings, moments.ReadoutBias), scale, keep: 1);
            PanelProduct.SumRows(error, rows, error.AllPanels, ref readoutBias);
        }
    }
}
