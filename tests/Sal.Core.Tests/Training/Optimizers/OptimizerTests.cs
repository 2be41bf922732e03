using System.Runtime.Intrinsics;
using Sal.Core.Numerics;
using Sal.Core.Tests.Plain;
using Sal.Core.Training.Optimizers;

namespace Sal.Core.Tests.Training.Optimizers;

/// <summary>Compares the optimizers with their formulas over several steps.</summary>
[TestClass]
public class OptimizerTests
{
    private const double Rate = 0.01, Momentum = 0.8, Decay = 0.3;

    [TestMethod]
    public void AdamW_follows_its_formula()
    {
        double m = 0, v = 0;
        CheckSteps<AdamWStep>((g, step) =>
        {
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            return -Rate * (m / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step))) + 1e-8);
        });
    }

    [TestMethod]
    public void Sgd_follows_its_formula() => CheckSteps<SgdStep>((g, _) => -Rate * g);

    [TestMethod]
    public void SgdMomentum_follows_its_formula()
    {
        double u = 0;
        CheckSteps<SgdMomentumStep>((g, _) =>
        {
            u = Momentum * u + g;
            return -Rate * u;
        });
    }

    [TestMethod]
    public void Aligned_feedback_receives_the_increments_of_the_readout_and_its_own_decay()
    {
        PanelMatrix readout = PlainMatrix.Random(8, 16, 1), feedback = PlainMatrix.Random(8, 16, 2);
        double r = readout[0, 0], f = feedback[0, 0];
        var moments = new Moments(readout, AdamWStep.MomentCount);
        double gap = Math.Abs(r - f);
        for (int step = 1; step <= 300; step++)
        {
            var settings = new StepSettings(Rate, step, Momentum, Decay);
            var sink = new AlignedUpdateSink<AdamWStep>(readout, feedback, AdamWStep.Create(settings, moments), 1, settings.Keep);
            sink.Accept(Vector512.Create(MathF.Sin(step)), 0);
        }

        // The increments cancel out in the difference; only the decay remains, so the two converge.
        double expected = gap * Math.Pow(1 - Rate * Decay, 300);
        Assert.AreEqual(expected, Math.Abs(readout[0, 0] - feedback[0, 0]), 1e-4);
    }

    private static void CheckSteps<TStep>(Func<double, int, double> increment)
        where TStep : struct, IOptimizerStep<TStep>
    {
        PanelMatrix parameter = PlainMatrix.Random(8, 16, 3);
        var moments = new Moments(parameter, TStep.MomentCount);
        double expected = parameter[2, 5];
        for (int step = 1; step <= 20; step++)
        {
            double gradient = Math.Sin(step) * Math.Pow(10, -step % 4);
            expected = expected * (1 - Rate * Decay) + increment(gradient, step);
            var settings = new StepSettings(Rate, step, Momentum, Decay);
            var sink = new UpdateSink<TStep>(parameter, TStep.Create(settings, moments), 0.25f, settings.Keep);

            sink.Accept(Vector512.Create((float)(gradient * 4)), 2 * 16);

            Assert.AreEqual(expected, parameter[2, 5], 1e-5 * Math.Abs(expected), $"step {step}");
        }
    }
}
