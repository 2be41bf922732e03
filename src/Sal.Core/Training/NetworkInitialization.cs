using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>Creates the initial network.</summary>
internal static class NetworkInitialization
{
    private const double ResidualScale = 0.3;

    /// <summary>
    /// Creates a network with one area. W is drawn from N(0, 2 / inputs) for ReLU (He et al., 2015) and from N(0, 1 / inputs) for tanh,
    /// scaled by 0.3 in residual layers. Feedback is random; readouts and biases are 0.
    /// </summary>
    /// <param name="options">The options, with open ones already chosen.</param>
    public static SalNetwork Create(NetworkShape shape, SalTrainingOptions options, WorkerTeam team)
    {
        var layers = new AreaParameters[shape.NumberOfLayers][];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            var parameters = new AreaParameters(shape, layer, options.UsesFeedback);
            double deviation = Math.Sqrt(shape.Kernels.InitialGain / shape.InputCount(layer))
                * (shape.IsResidual(layer) ? ResidualScale : 1);
            Fill(parameters.Weights, deviation, options, RandomPurpose.Weights, layer, team);
            if (parameters.Feedback is { } feedback)
            {
                Fill(feedback, options.FeedbackDeviation!.Value, options, RandomPurpose.Feedback, layer, team);
            }

            layers[layer] = [parameters];
        }

        return new SalNetwork(shape, layers);
    }

    // Each row has its own random stream, so that rows can be drawn in parallel.
    private static void Fill(
        PanelMatrix matrix, double deviation, SalTrainingOptions options, RandomPurpose purpose, int layer, WorkerTeam team) =>
        team.Run(matrix.Rows, (row, _) =>
        {
            var values = new float[matrix.Columns];
            new KeyedRandom(options.RandomSeed, purpose, layer, row).FillGaussian(values, deviation);
            matrix.SetRow(row, values);
        });
}
