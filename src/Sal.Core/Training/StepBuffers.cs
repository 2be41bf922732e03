using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>What one worker's mini-batch leaves behind on its way through the network. All have a row for each row of the mini-batch.</summary>
internal sealed class StepBuffers
{
    public StepBuffers(NetworkShape shape, LearningRule rule, double finalErrorShare, int rowCapacity)
    {
        int layers = shape.NumberOfLayers;
        Logits = new PanelMatrix(rowCapacity, shape.ClassCount);
        RowLoss = new double[rowCapacity];
        RowIsCorrect = new bool[rowCapacity];
        Activations = Create(layers, _ => new PanelMatrix(rowCapacity, shape.HiddenUnits));
        Hidden = Create(layers, layer => shape.IsResidual(layer) ? new PanelMatrix(rowCapacity, shape.HiddenUnits) : Activations[layer]);
        HiddenInputs = [.. Hidden.Select(hidden => new InputRows(hidden))];
        Delta = Create(layers, _ => new PanelMatrix(rowCapacity, shape.HiddenUnits));

        var finalError = new PanelMatrix(rowCapacity, shape.ClassCount);
        bool isLocal = rule == LearningRule.Local;
        ReadoutError = Create(layers, layer => isLocal && layer < layers - 1 ? new PanelMatrix(rowCapacity, shape.ClassCount) : finalError);
        bool isMixed = isLocal && finalErrorShare > 0;
        HiddenError = Create(layers, layer => isMixed && layer < layers - 1 ? new PanelMatrix(rowCapacity, shape.ClassCount) : ReadoutError[layer]);
        HiddenGradient = rule == LearningRule.Backpropagation
            ? [new PanelMatrix(rowCapacity, shape.HiddenUnits), new PanelMatrix(rowCapacity, shape.HiddenUnits)]
            : [];
    }

    /// <summary>rows x classes: the running sum of the readouts.</summary>
    public PanelMatrix Logits { get; }

    /// <summary>Weighted cross-entropy of each row, from the last layer.</summary>
    public double[] RowLoss { get; }

    /// <summary>Whether each row was classified correctly.</summary>
    public bool[] RowIsCorrect { get; }

    /// <summary>Each layer's dropout(act(z)), rows x units.</summary>
    public PanelMatrix[] Activations { get; }

    /// <summary>Each layer's output, rows x units: the activations, plus the layer's input where it is residual.</summary>
    public PanelMatrix[] Hidden { get; }

    /// <summary>Each layer's output, as the next layer's input.</summary>
    public InputRows[] HiddenInputs { get; }

    /// <summary>Each layer's delta, rows x units.</summary>
    public PanelMatrix[] Delta { get; }

    /// <summary>The error each layer's readout learns from, rows x classes: its own under the local rule, else the final one for all.</summary>
    public PanelMatrix[] ReadoutError { get; }

    /// <summary>The error each layer's units learn from, rows x classes: the readout's, or its mix with the final one.</summary>
    public PanelMatrix[] HiddenError { get; }

    /// <summary>Backpropagation's d loss / d hidden, rows x units, of two layers in turn.</summary>
    public PanelMatrix[] HiddenGradient { get; }

    private static PanelMatrix[] Create(int count, Func<int, PanelMatrix> create) => [.. Enumerable.Range(0, count).Select(create)];
}
