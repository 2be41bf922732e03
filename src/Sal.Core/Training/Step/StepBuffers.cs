using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Step;

/// <summary>The intermediate results of one worker's mini-batch. All buffers have one row per row of the mini-batch.</summary>
internal sealed class StepBuffers
{
    private readonly NetworkShape _shape;
    private readonly LayerInput[] _inputs; // of each layer
    private readonly PanelMatrix[] _activations; // of each layer, rows x units: dropout(act(z))
    private readonly PanelMatrix[] _hidden; // of each layer, rows x units: the activations, plus the layer's input if it is residual

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
        ReadoutError = Create(
            layers, layer => options.UsesLocalErrors && layer < last ? new PanelMatrix(rows, shape.ClassCount) : finalError);
        HiddenError = Create(
            layers, layer => options.MixesErrors && layer < last ? new PanelMatrix(rows, shape.ClassCount) : ReadoutError[layer]);
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

    /// <summary>
    /// Gets the error that each layer's readout learns from, rows x classes: its own error under the local rule, otherwise the final error.
    /// </summary>
    public PanelMatrix[] ReadoutError { get; }

    /// <summary>
    /// Gets the error that each layer's units learn from, rows x classes: the readout's error or its mix with the final error.
    /// </summary>
    public PanelMatrix[] HiddenError { get; }

    /// <summary>Gets d loss / d hidden for backpropagation, rows x units. Two buffers, which layers use alternately.</summary>
    public PanelMatrix[] HiddenGradient { get; }

    /// <summary>Gets the input and the outputs of a layer in the forward pass.</summary>
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
