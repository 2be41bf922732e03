using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Step;

/// <summary>What one worker's mini-batch leaves behind on its way through the network. All have a row per row of the mini-batch.</summary>
internal sealed class StepBuffers
{
    private readonly NetworkShape _shape;
    private readonly LayerInput[] _inputs; // of each layer
    private readonly PanelMatrix[] _activations; // of each layer, rows x units: dropout(act(z))
    private readonly PanelMatrix[] _hidden; // of each layer, rows x units: the activations, plus the layer's input where it is residual

    /// <param name="options">The options.</param>
    /// <param name="shape">The layout of the network.</param>
    /// <param name="batch">The mini-batch.</param>
    public StepBuffers(SalTrainingOptions options, NetworkShape shape, MiniBatch batch)
    {
        _shape = shape;
        int layers = shape.NumberOfLayers, last = layers - 1, rows = batch.RowCapacity;
        Logits = new PanelMatrix(rows, shape.ClassCount);
        RowLoss = new double[rows];
        RowIsCorrect = new bool[rows];
        _activations = Create(layers, _ => new PanelMatrix(rows, shape.HiddenUnits));
        _hidden = Create(layers, layer => shape.IsResidual(layer) ? new PanelMatrix(rows, shape.HiddenUnits) : _activations[layer]);
        _inputs = [batch.Inputs.Operand, .. _hidden[..last].Select(hidden => new LayerInput(hidden))];
        Delta = Create(layers, _ => new PanelMatrix(rows, shape.HiddenUnits));

        var finalError = new PanelMatrix(rows, shape.ClassCount);
        ReadoutError = Create(layers, layer => options.UsesLocalErrors && layer < last ? new PanelMatrix(rows, shape.ClassCount) : finalError);
        HiddenError = Create(layers, layer => options.MixesErrors && layer < last ? new PanelMatrix(rows, shape.ClassCount) : ReadoutError[layer]);
        HiddenGradient = options.UsesFeedback ? [] : Create(2, _ => new PanelMatrix(rows, shape.HiddenUnits));
    }

    /// <summary>Gets the running sum of the readouts, rows x classes.</summary>
    public PanelMatrix Logits { get; }

    /// <summary>Gets the weighted cross-entropy of each row, from the last layer.</summary>
    public double[] RowLoss { get; }

    /// <summary>Gets whether each row was classified correctly.</summary>
    public bool[] RowIsCorrect { get; }

    /// <summary>Gets each layer's delta, rows x units.</summary>
    public PanelMatrix[] Delta { get; }

    /// <summary>Gets the error that each layer's readout learns from, rows x classes: its own under the local rule, else the final one for all.</summary>
    public PanelMatrix[] ReadoutError { get; }

    /// <summary>Gets the error that each layer's units learn from, rows x classes: the readout's, or its mix with the final one.</summary>
    public PanelMatrix[] HiddenError { get; }

    /// <summary>Gets backpropagation's d loss / d hidden, rows x units, of two layers in turn.</summary>
    public PanelMatrix[] HiddenGradient { get; }

    /// <summary>Gets what a layer reads and writes on the way forward.</summary>
    public LayerPass Pass(int layer, DropoutMask dropout) => new()
    {
        Input = _inputs[layer],
        Activations = _activations[layer],
        Hidden = _hidden[layer],
        Logits = Logits,
        IsResidual = _shape.IsResidual(layer),
        IsFirst = layer == 0,
        Dropout = dropout,
    };

    /// <summary>Gets a layer's input, rows x inputs.</summary>
    public LayerInput Input(int layer) => _inputs[layer];

    /// <summary>Gets a layer's output, rows x units.</summary>
    public PanelMatrix Hidden(int layer) => _hidden[layer];

    private static PanelMatrix[] Create(int count, Func<int, PanelMatrix> create) => [.. Enumerable.Range(0, count).Select(create)];
}
