using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Step;

/// <summary>
/// The first half of a step: features, forward pass through all layers, errors, and the delta of each layer. Rows do not interact here, so
/// any split of the rows gives bitwise identical results.
/// </summary>
internal sealed class RowPass(SalTrainingOptions options, SalNetwork network, MiniBatch batch, StepBuffers buffers)
{
    private const int StackLimit = 256;
    private const double LastLayerSmoothing = 0.2; // relative to the label smoothing of the local rule

    private readonly NetworkShape _shape = network.Shape;
    private readonly LayerKernels _kernels = network.Shape.Kernels;
    private readonly float _finalErrorShare = (float)options.FinalErrorShare;
    private readonly float _smoothing = (float)options.LabelSmoothing!.Value;
    private readonly float _lastSmoothing = (float)(options.LabelSmoothing!.Value * (options.UsesLocalErrors ? LastLayerSmoothing : 1));

    private int LastLayer => _shape.NumberOfLayers - 1;

    /// <summary>Processes some rows. Start and end must be multiples of 8.</summary>
    /// <param name="rows">The rows of the mini-batch.</param>
    /// <param name="dropoutKey">The key of the mini-batch's dropout draws, from which each layer derives its own.</param>
    public void Run(Interval rows, ulong dropoutKey)
    {
        batch.ReadFeatures(rows);
        foreach (MiniBatch.Group group in batch.Groups)
        {
            Interval together = rows.Intersect(group.Rows);
            if (together.Start < together.End)
            {
                RunArea(group.Area, together, dropoutKey);
            }
        }
    }

    private void RunArea(int area, Interval rows, ulong dropoutKey)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            _kernels.Forward(buffers.Pass(layer, Dropout(dropoutKey, layer)), network[layer, area], rows);
            if (options.UsesLocalErrors || layer == LastLayer)
            {
                ComputeErrors(layer, rows);
            }
        }

        if (options.UsesFeedback)
        {
            FeedBack(area, rows, dropoutKey);
        }
        else
        {
            PropagateBack(area, rows, dropoutKey);
        }
    }

    private DropoutMask Dropout(ulong key, int layer) => new(key + (ulong)layer * KeyedRandom.Gamma, options.DropoutRate!.Value);

    // e = w (softmax(o) - y), with y smoothed; and, in the last layer, the loss and the correctness of each row.
    [SkipLocalsInit]
    private void ComputeErrors(int layer, Interval rows)
    {
        bool isLast = layer == LastLayer;
        PanelMatrix logits = buffers.Logits;
        PanelMatrix errors = buffers.ReadoutError[layer];
        Span<float> values = logits.Columns <= StackLimit ? stackalloc float[logits.Columns] : new float[logits.Columns];
        for (int row = rows.Start; row < rows.End; row++)
        {
            int label = batch.Label(row);
            if (label == MiniBatch.NoLabel)
            {
                errors.ClearRow(row);
                continue;
            }

            logits.CopyRowTo(row, values);
            Softmax.Apply(values);
            float weight = batch.Weight(row);
            if (isLast)
            {
                buffers.RowLoss[row] = RowLoss.Compute(values, label, weight);
                buffers.RowIsCorrect[row] = RowLoss.IsCorrect(values, label);
            }

            // The target is s / C for every class, plus 1 - s for the label.
            float smoothing = isLast ? _lastSmoothing : _smoothing;
            if (smoothing > 0)
            {
                TensorPrimitives.Subtract(values, smoothing / values.Length, values);
            }

            values[label] -= 1 - smoothing;
            if (weight != 1)
            {
                TensorPrimitives.Multiply(values, weight, values);
            }

            errors.SetRow(row, values);
        }
    }

    // delta_l = (F_l e) act'(z_l), where e is the layer's own error or its mix with the final error.
    private void FeedBack(int area, Interval rows, ulong dropoutKey)
    {
        for (int layer = 0; layer <= LastLayer; layer++)
        {
            PanelMatrix error = buffers.HiddenError[layer];
            if (error != buffers.ReadoutError[layer])
            {
                MixErrors(layer, rows);
            }

            _kernels.FeedBack(
                buffers.Pass(layer, Dropout(dropoutKey, layer)), network[layer, area].Feedback!, error, buffers.Delta[layer], rows);
        }
    }

    // (1 - g) e_l + g e_L
    private unsafe void MixErrors(int layer, Interval rows)
    {
        PanelMatrix own = buffers.ReadoutError[layer], final = buffers.ReadoutError[^1], mixed = buffers.HiddenError[layer];
        for (int panel = 0; panel < mixed.PanelCount; panel++)
        {
            for (int row = rows.Start; row < rows.End; row++)
            {
                Vector512<float> error = Vector512.Load(own.Line(panel, row)) * (1 - _finalErrorShare);
                (error + Vector512.Load(final.Line(panel, row)) * _finalErrorShare).Store(mixed.Line(panel, row));
            }
        }
    }

    // d loss / d h_l = e_L R_l + delta_{l+1} W_{l+1}ᵀ (+ d loss / d h_{l+1} if layer l+1 is residual)
    private void PropagateBack(int area, Interval rows, ulong dropoutKey)
    {
        PanelMatrix error = buffers.ReadoutError[^1];
        for (int layer = LastLayer; layer >= 0; layer--)
        {
            PanelMatrix gradient = buffers.HiddenGradient[layer % 2], above = buffers.HiddenGradient[(layer + 1) % 2];
            var sink = new LinearSink(gradient);
            PanelProduct.Multiply(error, network[layer, area].Readout, rows, gradient.AllPanels, ref sink);
            if (layer < LastLayer)
            {
                RightTransposedProduct.Multiply(
                    buffers.Delta[layer + 1], network[layer + 1, area].Weights, null, rows, gradient, accumulate: true);
                if (_shape.IsResidual(layer + 1))
                {
                    gradient.AddRows(above, rows);
                }
            }

            _kernels.ScaleByDerivative(buffers.Pass(layer, Dropout(dropoutKey, layer)), gradient, buffers.Delta[layer], rows);
        }
    }
}
