using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>The network before the first step.</summary>
internal static class NetworkInitialization
{
    private const double ResidualScale = 0.3;
    private const double AlignedFeedbackScale = 0.1;

    /// <summary>
    /// A network with one area: W from N(0, 2 / inputs) for ReLU (He et al., 2015) and N(0, 1 / inputs) for tanh, times 0.3 in residual
    /// layers; feedback random; readouts and biases 0.
    /// </summary>
    public static SalNetwork Create(NetworkShape shape, SalTrainingOptions options, WorkerTeam team)
    {
        bool hasFeedback = options.Rule != LearningRule.Backpropagation;
        var layers = new AreaParameters[shape.NumberOfLayers][];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            var parameters = new AreaParameters(shape, layer, hasFeedback);
            double gain = shape.Activation == ActivationKind.ReLU ? 2 : 1;
            double deviation = Math.Sqrt(gain / shape.InputCount(layer)) * (shape.IsResidual(layer) ? ResidualScale : 1);
            Fill(parameters.Weights, deviation, options.Seed, RandomPurpose.Weights, layer, team);
            if (parameters.Feedback is { } feedback)
            {
                Fill(feedback, FeedbackDeviation(shape, options), options.Seed, RandomPurpose.Feedback, layer, team);
            }

            layers[layer] = [parameters];
        }

        return new SalNetwork(shape, layers);
    }

    private static double FeedbackDeviation(NetworkShape shape, SalTrainingOptions options)
    {
        bool isAligned = options.Rule == LearningRule.Local && options.Feedback == FeedbackKind.Aligned;
        return options.FeedbackDeviation
            ?? (isAligned ? AlignedFeedbackScale / Math.Sqrt(shape.HiddenUnits) : 1 / Math.Sqrt(shape.ClassCount));
    }

    // One stream a row, so that rows can be drawn side by side.
    private static void Fill(PanelMatrix matrix, double deviation, int seed, RandomPurpose purpose, int layer, WorkerTeam team) =>
        team.Run(matrix.Rows, (row, _) =>
        {
            var values = new float[matrix.Columns];
            new KeyedRandom(seed, purpose, layer, row).FillGaussian(values, deviation);
            matrix.SetRow(row, values);
        });
}
