using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Tests.Data;
using Sal.Core.Tests.Plain;
using Sal.Core.Training.Optimizers;
using Sal.Core.Training.Routing;
using Sal.Core.Training.Step;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Step;

/// <summary>A small network with awkward sizes (no multiples of 8 or 16) and random parameters, and rows to step on.</summary>
internal sealed class StepFixture
{
    public const int Features = 13, Units = 37, Classes = 5, Areas = 4;
    public const ulong DropoutKey = 77;

    public StepFixture(SalTrainingOptions options, int rows = 21, int[]? areas = null)
    {
        Options = options;
        options.LabelSmoothing ??= 0;
        options.WeightDecay ??= 0;
        var random = new Random(5);
        Labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Classes))];
        RowAreas = areas ?? [.. Enumerable.Range(0, rows).Select(_ => random.Next(Areas)).Order()];
        Weights = [.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? 2.5 : 1)];
        Inputs = [.. Enumerable.Range(0, rows)
            .Select(_ => Enumerable.Range(0, Features).Select(_ => (double)(random.NextSingle() * 2 - 1)).ToArray())];
        var builder = new TrainingSetBuilder(Features, Classes);
        for (int i = 0; i < rows; i++)
        {
            Assert.IsTrue(builder.TryAdd([.. Inputs[i].Select(x => (float)x)], Labels[i], (float)Weights[i]));
        }

        Network = CreateNetwork(options);
        ParameterPass = ParameterPass.Create(options);
        Moments = ParameterPass.CreateMoments(Network);
        var data = new TrainingData(builder.Build(), Encodings.Unchanged(Features), [1, 1, 1, 1, 1], new RowAreas(RowAreas));
        var branch = new Branch(TrainingPhase.Routed, Network, Moments, Router.SingleArea(Features, isSparse: false), nextEpoch: 0);
        Step = new TrainingStep(options, branch, ParameterPass, new MiniBatch(data, isSparse: false, rows, Areas));
    }

    public SalTrainingOptions Options { get; }

    public double[][] Inputs { get; }

    public int[] Labels { get; }

    public double[] Weights { get; }

    public int[] RowAreas { get; }

    public SalNetwork Network { get; }

    public NetworkMoments Moments { get; }

    public ParameterPass ParameterPass { get; }

    public TrainingStep Step { get; }

    public IEnumerable<(int Layer, int Area)> AllAreas =>
        from layer in Enumerable.Range(0, Network.Shape.NumberOfLayers)
        from area in Enumerable.Range(0, Network.Shape.AreaCount(layer))
        select (layer, area);

    public void Run(WorkerTeam? team = null)
    {
        var totals = default(EpochTotals);
        Step.Run([.. Enumerable.Range(0, Labels.Length)], DropoutKey, Options.LearningRate, team, ref totals);
    }

    /// <summary>Creates the reference implementation of the network in its current state.</summary>
    public PlainSal Plain() => new(Network, Options);

    /// <summary>Copies the matrices of an area: W, b, R, c, F.</summary>
    public static float[][] Snapshot(AreaParameters parameters) => [.. Matrices(parameters).Select(matrix => matrix.Storage.ToArray())];

    private static IEnumerable<PanelMatrix> Matrices(AreaParameters p) =>
        ((PanelMatrix?[])[p.Weights, p.Bias, p.Readout, p.ReadoutBias, p.Feedback]).OfType<PanelMatrix>();

    private static SalNetwork CreateNetwork(SalTrainingOptions options)
    {
        var shape = new NetworkShape(
            Features, Classes, Units, options.NumberOfLayers, Areas, options.RoutedLayers, options.Activation, options.Residual);
        var random = new Random(11);
        var layers = new AreaParameters[shape.NumberOfLayers][];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = new AreaParameters[shape.AreaCount(layer)];
            for (int area = 0; area < layers[layer].Length; area++)
            {
                var p = layers[layer][area] = new AreaParameters(shape, layer, options.UsesFeedback);
                foreach (PanelMatrix matrix in Matrices(p))
                {
                    for (int row = 0; row < matrix.Rows; row++)
                    {
                        matrix.SetRow(row, [.. Enumerable.Range(0, matrix.Columns).Select(_ => (random.NextSingle() * 2 - 1) * 0.4f)]);
                    }
                }
            }
        }

        return new SalNetwork(shape, layers);
    }
}
