using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training;

/// <summary>
/// The first half of a step: features, forward through all layers, errors, and every layer's delta. Rows do not meet here, so any split of the
/// rows gives the same bits.
/// </summary>
internal sealed class RowPass(SalTrainingOptions options)
{
    private const int StackLimit = 256;
    private const double LastLayerSmoothing = 0.2; // of the local rule's label smoothing

    private readonly float _finalErrorShare = (float)options.FinalErrorShare;
    private readonly float _smoothing = (float)options.LabelSmoothing!.Value;
    private readonly float _lastSmoothing = (float)(options.LabelSmoothing!.Value * (options.Rule == LearningRule.Local ? LastLayerSmoothing : 1));

    /// <summary>Runs the rows given, a multiple of 8 from a multiple of 8.</summary>
    /// <param name="dropoutKey">The key of the mini-batch's dropout draws; layers add their number.</param>
    public void Run(SalNetwork network, TrainingData data, MiniBatch batch, StepBuffers buffers, ulong dropoutKey, int rowStart, int rowEnd)
    {
        if (batch.Inputs.Dense is not null)
        {
            batch.ReadFeatures(data, rowStart, rowEnd);
        }

        foreach (MiniBatch.Group group in batch.Groups)
        {
            int start = Math.Max(rowStart, group.Start);
            int end = Math.Min(rowEnd, group.PaddedEnd);
            if (start < end)
            {
                RunArea(network, group.Area, batch, buffers, dropoutKey, start, end);
            }
        }
    }

    private void RunArea(SalNetwork network, int area, MiniBatch batch, StepBuffers buffers, ulong dropoutKey, int rowStart, int rowEnd)
    {
        NetworkShape shape = network.Shape;
        int last = shape.NumberOfLayers - 1;
        for (int layer = 0; layer <= last; layer++)
        {
            InputRows input = layer == 0 ? batch.Inputs : buffers.HiddenInputs[layer - 1];
            LayerForward.Run(
                network[layer, area], shape.Activation, shape.IsResidual(layer), Dropout(dropoutKey, layer), input, rowStart, rowEnd,
                buffers.Activations[layer], buffers.Hidden[layer], buffers.Logits, isFirst: layer == 0);
            if (options.Rule == LearningRule.Local || layer == last)
            {
                ComputeErrors(batch, buffers, layer, isLast: layer == last, rowStart, rowEnd);
            }
        }

        if (options.Rule == LearningRule.Backpropagation)
        {
            PropagateBack(network, area, buffers, dropoutKey, rowStart, rowEnd);
            return;
        }

        for (int layer = 0; layer <= last; layer++)
        {
            if (buffers.HiddenError[layer] != buffers.ReadoutError[layer])
            {
                MixErrors(buffers, layer, rowStart, rowEnd);
            }

            FeedBack(shape.Activation, network[layer, area], buffers, layer, Dropout(dropoutKey, layer), rowStart, rowEnd);
        }
    }

    private DropoutMask Dropout(ulong key, int layer) => new(key + (ulong)layer * KeyedRandom.Gamma, options.DropoutRate);

    // e = w (softmax(o) - y), y smoothed, and the row's loss and hit from the last layer.
    [SkipLocalsInit]
    private void ComputeErrors(MiniBatch batch, StepBuffers buffers, int layer, bool isLast, int rowStart, int rowEnd)
    {
        PanelMatrix logits = buffers.Logits;
        PanelMatrix errors = buffers.ReadoutError[layer];
        Span<float> values = logits.Columns <= StackLimit ? stackalloc float[logits.Columns] : new float[logits.Columns];
        for (int row = rowStart; row < rowEnd; row++)
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
                buffers.RowLoss[row] = RowLoss.Of(values, label, weight);
                buffers.RowIsCorrect[row] = RowLoss.IsHit(values, label);
            }

            // The target is 1 - s for the label, and s / C for every class.
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

    // (1 - g) e_l + g e_L
    private unsafe void MixErrors(StepBuffers buffers, int layer, int rowStart, int rowEnd)
    {
        PanelMatrix own = buffers.ReadoutError[layer], final = buffers.ReadoutError[^1], mixed = buffers.HiddenError[layer];
        for (int panel = 0; panel < mixed.PanelCount; panel++)
        {
            for (int row = rowStart; row < rowEnd; row++)
            {
                Vector512<float> error = Vector512.Load(own.Line(panel, row)) * (1 - _finalErrorShare);
                (error + Vector512.Load(final.Line(panel, row)) * _finalErrorShare).Store(mixed.Line(panel, row));
            }
        }
    }

    // delta = (F e) act'(z)
    private static void FeedBack(
        ActivationKind activation, AreaParameters parameters, StepBuffers buffers, int layer, DropoutMask dropout, int rowStart, int rowEnd)
    {
        PanelMatrix error = buffers.HiddenError[layer], delta = buffers.Delta[layer];
        if (activation == ActivationKind.ReLU)
        {
            var sink = new DeltaSink<ReLU>(buffers.Activations[layer], dropout, delta);
            PanelProduct.Multiply(error, parameters.Feedback!, rowStart, rowEnd, 0, delta.PanelCount, delta.RowCapacity, ref sink);
        }
        else
        {
            var sink = new DeltaSink<Tanh>(buffers.Activations[layer], dropout, delta);
            PanelProduct.Multiply(error, parameters.Feedback!, rowStart, rowEnd, 0, delta.PanelCount, delta.RowCapacity, ref sink);
        }
    }

    // d loss / d h_l = e_L R_l + delta_{l+1} W_{l+1}^T (+ d loss / d h_{l+1} where layer l+1 is residual)
    private void PropagateBack(SalNetwork network, int area, StepBuffers buffers, ulong dropoutKey, int rowStart, int rowEnd)
    {
        NetworkShape shape = network.Shape;
        PanelMatrix error = buffers.ReadoutError[^1];
        for (int layer = shape.NumberOfLayers - 1; layer >= 0; layer--)
        {
            AreaParameters parameters = network[layer, area];
            PanelMatrix gradient = buffers.HiddenGradient[layer % 2], above = buffers.HiddenGradient[(layer + 1) % 2];
            var sink = new LinearSink(gradient);
            PanelProduct.Multiply(error, parameters.Readout, rowStart, rowEnd, 0, gradient.PanelCount, gradient.RowCapacity, ref sink);
            if (layer < shape.NumberOfLayers - 1)
            {
                RightTransposedProduct.Multiply(
                    buffers.Delta[layer + 1], network[layer + 1, area].Weights, null, rowStart, rowEnd, gradient, accumulate: true);
                if (shape.IsResidual(layer + 1))
                {
                    gradient.AddRows(above, rowStart, rowEnd);
                }
            }

            DropoutMask dropout = Dropout(dropoutKey, layer);
            if (shape.Activation == ActivationKind.ReLU)
            {
                ActivationGradient<ReLU>.Multiply(gradient, buffers.Activations[layer], dropout, rowStart, rowEnd, buffers.Delta[layer]);
            }
            else
            {
                ActivationGradient<Tanh>.Multiply(gradient, buffers.Activations[layer], dropout, rowStart, rowEnd, buffers.Delta[layer]);
            }
        }
    }
}
