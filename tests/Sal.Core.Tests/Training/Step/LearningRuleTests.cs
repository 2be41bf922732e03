using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Tests.Plain;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Step;

/// <summary>Compares one step of the engine with the literal transcription of algorithm.md, for every rule and layout.</summary>
[TestClass]
public class LearningRuleTests
{
    private const double Rate = 0.5;

    public static IEnumerable<object[]> Layouts =>
        from rule in new[] { LearningRule.Local, LearningRule.DirectFeedback, LearningRule.Backpropagation }
        from feedback in rule == LearningRule.Local ? new[] { FeedbackKind.Aligned, FeedbackKind.Fixed } : [FeedbackKind.Fixed]
        from share in rule == LearningRule.Local ? new[] { 0.0, 0.5, 1.0 } : [0.0]
        from routed in new[] { RoutedLayers.All, RoutedLayers.FirstOnly }
        from activation in new[] { ActivationKind.ReLU, ActivationKind.Tanh }
        from residual in new[] { false, true }
        from dropout in new[] { 0.0, 0.3 }
        select new object[] { rule, feedback, share, routed, activation, residual, dropout };

    [TestMethod]
    [DynamicData(nameof(Layouts))]
    public void A_step_makes_the_updates_of_the_reference_implementation(
        LearningRule rule,
        FeedbackKind feedback,
        double share,
        RoutedLayers routed,
        ActivationKind activation,
        bool residual,
        double dropout)
    {
        var fixture = new StepFixture(Options(rule, feedback, share, routed, activation, residual, dropout));
        PlainSal plain = fixture.Plain();
        plain.Dropout = DropoutOf(fixture, dropout);
        PlainSal.Gradients?[][] expected = plain.ComputeGradients(fixture.Inputs, fixture.Labels, fixture.Weights, fixture.RowAreas);

        fixture.Run();

        PlainSal after = fixture.Plain();
        foreach ((int layer, int area) in fixture.AllAreas)
        {
            PlainSal.Area old = plain.Layers[layer][area], now = after.Layers[layer][area];
            PlainSal.Gradients gradient = expected[layer][area] ?? new PlainSal.Gradients(old);
            string place = $"layer {layer}, area {area}, ";
            PlainMatrix.AssertClose(gradient.W, Gradient(old.W, now.W), 1e-5, place + "W");
            PlainMatrix.AssertClose([gradient.B], Gradient([old.B], [now.B]), 1e-5, place + "b");
            PlainMatrix.AssertClose(gradient.R, Gradient(old.R, now.R), 1e-5, place + "R");
            PlainMatrix.AssertClose([gradient.C], Gradient([old.C], [now.C]), 1e-5, place + "c");
            if (rule != LearningRule.Backpropagation)
            {
                double[][] increments = PlainMatrix.Transpose(gradient.R);
                double[][] still = PlainMatrix.Zeros(increments.Length, increments[0].Length);
                PlainMatrix.AssertClose(feedback == FeedbackKind.Aligned ? increments : still, Gradient(old.F, now.F), 1e-5, place + "F");
            }
        }
    }

    [TestMethod]
    [DataRow(ActivationKind.ReLU, false, 0.0)]
    [DataRow(ActivationKind.Tanh, true, 0.0)]
    [DataRow(ActivationKind.Tanh, false, 0.3)]
    [DataRow(ActivationKind.ReLU, true, 0.3)]
    public void Backpropagation_agrees_with_finite_differences(ActivationKind activation, bool residual, double dropout)
    {
        // One area, so that every parameter's gradient is averaged over the same rows as the loss.
        var fixture = new StepFixture(
            Options(LearningRule.Backpropagation, FeedbackKind.Fixed, 0, RoutedLayers.All, activation, residual, dropout),
            rows: 5,
            areas: new int[5]);
        PlainSal plain = fixture.Plain();
        plain.Dropout = DropoutOf(fixture, dropout);
        double[][][] differences = [.. plain.Layers.Select(areas => new[] { areas[0].W, [areas[0].B], areas[0].R, [areas[0].C] }
            .SelectMany(matrix => matrix).Select(row => Differentiate(fixture, plain, row)).ToArray())];
        PlainSal before = fixture.Plain();

        fixture.Run();

        PlainSal after = fixture.Plain();
        for (int layer = 0; layer < plain.Layers.Length; layer++)
        {
            PlainSal.Area old = before.Layers[layer][0], now = after.Layers[layer][0];
            double[][] actual = Gradient([.. old.W, old.B, .. old.R, old.C], [.. now.W, now.B, .. now.R, now.C]);
            PlainMatrix.AssertClose(differences[layer], actual, 1e-4, $"layer {layer}");
        }
    }

    [TestMethod]
    [DataRow(RoutedLayers.All)]
    [DataRow(RoutedLayers.FirstOnly)]
    public void Areas_without_rows_in_the_batch_do_not_change(RoutedLayers routed)
    {
        int[] areas = [.. Enumerable.Repeat(0, 9), .. Enumerable.Repeat(2, 12)];
        var fixture = new StepFixture(
            Options(LearningRule.Local, FeedbackKind.Aligned, 0.5, routed, ActivationKind.ReLU, false, 0.1), areas: areas);
        fixture.Options.Optimizer = OptimizerKind.AdamW;
        fixture = new StepFixture(fixture.Options, areas: areas);
        float[][][] before = [.. fixture.AllAreas.Select(place => StepFixture.Snapshot(fixture.Network[place.Layer, place.Area]))];

        fixture.Run();
        fixture.Run();

        int index = 0;
        foreach ((int layer, int area) in fixture.AllAreas)
        {
            float[][] after = StepFixture.Snapshot(fixture.Network[layer, area]);
            bool isVisited = fixture.Network.Shape.AreaCount(layer) == 1 || area is 0 or 2;
            for (int matrix = 0; matrix < after.Length; matrix++)
            {
                bool isSame = before[index][matrix].AsSpan().SequenceEqual(after[matrix]);
                Assert.AreEqual(!isVisited, isSame, $"layer {layer}, area {area}, matrix {matrix}");
            }

            Assert.AreEqual(isVisited ? 2 : 0, fixture.Moments[layer, area].Steps);
            index++;
        }
    }

    [TestMethod]
    public void Padding_of_parameters_stays_zero()
    {
        var fixture =
            new StepFixture(Options(LearningRule.Local, FeedbackKind.Aligned, 0.5, RoutedLayers.All, ActivationKind.Tanh, true, 0.2));
        fixture.Run();
        fixture.Run();
        foreach ((int layer, int area) in fixture.AllAreas)
        {
            AreaParameters p = fixture.Network[layer, area];
            foreach (PanelMatrix matrix in new[] { p.Weights, p.Bias, p.Readout, p.ReadoutBias, p.Feedback! })
            {
                PanelMatrix copy = matrix.ZerosLike();
                var row = new float[matrix.Columns];
                for (int i = 0; i < matrix.Rows; i++)
                {
                    matrix.CopyRowTo(i, row);
                    copy.SetRow(i, row);
                }

                Assert.IsTrue(copy.Storage.SequenceEqual(matrix.Storage), $"layer {layer}, area {area}");
            }
        }
    }

    private static SalTrainingOptions Options(
        LearningRule rule,
        FeedbackKind feedback,
        double share,
        RoutedLayers routed,
        ActivationKind activation,
        bool residual,
        double dropout) =>
        new()
        {
            Rule = rule,
            Feedback = feedback,
            FinalErrorShare = share,
            RoutedLayers = routed,
            Activation = activation,
            Residual = residual,
            DropoutRate = dropout,
            LabelSmoothing = dropout / 2,
            NumberOfLayers = 3,
            Optimizer = OptimizerKind.Sgd,
            LearningRate = Rate,
        };

    // The mini-batch holds its rows area by area, and the first row of each area is at a multiple of 8.
    private static Func<int, int, int, double> DropoutOf(StepFixture fixture, double rate)
    {
        var places = new int[fixture.RowAreas.Length];
        for (int row = 1; row < places.Length; row++)
        {
            bool isSameArea = fixture.RowAreas[row] == fixture.RowAreas[row - 1];
            places[row] = isSameArea ? places[row - 1] + 1 : PanelMatrix.RoundUp(places[row - 1] + 1, 8);
        }

        int groups = Math.Min(StepFixture.Areas, places.Length);
        int capacity = PanelMatrix.RoundUp(places.Length, 8) + (groups - 1) * 8;
        return (layer, row, unit) =>
        {
            var mask = new DropoutMask(StepFixture.DropoutKey + (ulong)layer * 0x9E3779B97F4A7C15, rate);
            return mask.Factors(((nint)(unit / 16) * capacity + places[row]) * 16)[unit % 16];
        };
    }

    private static double[] Differentiate(StepFixture fixture, PlainSal plain, double[] parameters)
    {
        const double Width = 1e-6;
        var slopes = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double value = parameters[i];
            parameters[i] = value + Width;
            double above = plain.Loss(fixture.Inputs, fixture.Labels, fixture.Weights, fixture.RowAreas);
            parameters[i] = value - Width;
            double below = plain.Loss(fixture.Inputs, fixture.Labels, fixture.Weights, fixture.RowAreas);
            parameters[i] = value;
            slopes[i] = (above - below) / (2 * Width);
        }

        return slopes;
    }

    // Stochastic gradient descent gives old - rate x gradient.
    private static double[][] Gradient(double[][] old, double[][] now) =>
        [.. old.Zip(now, (before, after) => before.Zip(after, (b, a) => (b - a) / Rate).ToArray())];
}
