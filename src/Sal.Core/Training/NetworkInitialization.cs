using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>Creates the network that training starts with.</summary>
internal static class NetworkInitialization
{
    private const double ResidualScale = 0.3;
    private const double AlignedFeedbackScale = 0.1;

    /// <summary>
    /// Creates a network with one area: W from N(0, 2 / inputs) for ReLU (He et al., 2015) and N(0, 1 / inputs) for tanh, times 0.3 in residual
    /// layers; feedback random; readouts and biases 0.
    /// </summary>
    public static SalNetwork Create(NetworkShape shape, SalTrainingOptions options, WorkerTeam team)
    {
        var layers = new AreaParameters[shape.NumberOfLayers][];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            var parameters = new AreaParameters(shape, layer, options.UsesFeedback);
            double deviation = Math.Sqrt(shape.Kernels.InitialGain / shape.InputCount(layer)) * (shape.IsResidual(layer) ? ResidualScale : 1);
            Fill(parameters.Weights, deviation, options, RandomPurpose.Weights, layer, team);
            if (parameters.Feedback is { } feedback)
            {
                Fill(feedback, FeedbackDeviation(shape, options), options, RandomPurpose.Feedback, layer, team);
            }

            layers[layer] = [parameters];
        }

        return new SalNetwork(shape, layers);
    }

    private static double FeedbackDeviation(NetworkShape shape, SalTrainingOptions options) =>
        options.FeedbackDeviation ?? (options.AlignsFeedback ? AlignedFeedbackScale / Math.Sqrt(shape.HiddenUnits) : 1 / Math.Sqrt(shape.ClassCount));

    // One stream per row, so that rows can be drawn side by side.
    private static void Fill(PanelMatrix matrix, double deviation, SalTrainingOptions options, RandomPurpose purpose, int layer, WorkerTeam team) =>
        team.Run(matrix.Rows, (row, _) =>
        {
            var values = new float[matrix.Columns];
            new KeyedRandom(options.RandomSeed, purpose, layer, row).FillGaussian(values, deviation);
            matrix.SetRow(row, values);
        });
}
