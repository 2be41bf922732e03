using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Scoring;

/// <summary>
/// Follows the straight line from a baseline to a row, both encoded, through the network of one area, and divides the change of a
/// difference of two logits among the inputs. Not thread-safe.
/// </summary>
/// <remarks>
/// These are integrated gradients, in which the slope of each activation is that of its chord between neighboring points of the path. The
/// changes of all units then follow exactly from those of the inputs, so that the contributions add up to the change of the logits however
/// few points there are. The first layer is linear along the path: its chords give the exact mean slopes, kinks included, and its product
/// with the row is needed once, not at each point.
/// </remarks>
internal sealed unsafe class PathPass
{
    /// <summary>The number of points in use; two tiles of the product kernel.</summary>
    public const int DefaultPoints = 2 * PanelMatrix.RowTile;

    private const int LogitTile = 4; // rows that are computed together

    private readonly SalNetwork _network;
    private readonly NetworkShape _shape;
    private readonly int _points;
    private readonly PanelMatrix _end; // 1 x units: z of the first layer at the row
    private readonly PanelMatrix _z; // the following are points x units
    private readonly PanelMatrix[] _hidden; // two that alternate
    private readonly PanelMatrix _activations; // of a residual layer, before its input is added
    private readonly PanelMatrix[] _slopes; // of each layer
    private readonly PanelMatrix[] _gradient; // d logits / d hidden; two that alternate
    private readonly PanelMatrix _delta;
    private readonly PanelMatrix _logits; // points x classes
    private readonly PanelMatrix[] _readout; // of each layer, 1 x units: the difference of the two classes
    private readonly PanelMatrix _meanDelta; // 1 x units: of the first layer, over the path
    private readonly PanelMatrix? _inputGradient; // 1 x inputs; null if the inputs are sparse
    private readonly float[] _difference; // of the dense inputs from the baseline
    private readonly float[] _otherReadout;

    /// <param name="network">The network.</param>
    /// <param name="points">The number of points, a multiple of 8.</param>
    public PathPass(SalNetwork network, int points)
    {
        _network = network;
        _points = points;
        _shape = network.Shape;
        _end = PanelMatrix.Vector(_shape.HiddenUnits);
        _z = CreatePoints();
        _hidden = [CreatePoints(), CreatePoints()];
        _activations = CreatePoints();
        _slopes = [.. Enumerable.Range(0, _shape.NumberOfLayers).Select(_ => CreatePoints())];
        _gradient = [CreatePoints(), CreatePoints()];
        _delta = CreatePoints();
        _logits = new PanelMatrix(points, _shape.ClassCount);
        _readout = [.. Enumerable.Range(0, _shape.NumberOfLayers).Select(_ => PanelMatrix.Vector(_shape.HiddenUnits))];
        _meanDelta = PanelMatrix.Vector(_shape.HiddenUnits);
        _inputGradient = _shape.IsSparse ? null : PanelMatrix.Vector(_shape.InputWidth);
        _difference = _shape.IsSparse ? [] : new float[_shape.InputWidth];
        _otherReadout = new float[_shape.HiddenUnits];
    }

    /// <summary>Computes all points of a path.</summary>
    /// <param name="row">The encoded row, the only one of the operand.</param>
    /// <param name="start">z of the first layer at the baseline, 1 x units.</param>
    /// <param name="area">The area.</param>
    public void Forward(LayerInput row, PanelMatrix start, int area)
    {
        AreaParameters first = _network[0, area];
        var endSink = new LinearSink(_end, first.Bias);
        row.Multiply(first.Weights, Interval.First(1), ref endSink);
        Interpolate(start);
        for (int layer = 0; layer < _shape.NumberOfLayers; layer++)
        {
            AreaParameters parameters = _network[layer, area];
            PanelMatrix hidden = _hidden[layer % 2], below = _hidden[(layer + 1) % 2];
            if (layer > 0)
            {
                var sink = new LinearSink(_z, parameters.Bias);
                PanelProduct.Multiply(below, parameters.Weights, Interval.First(_points), _z.AllPanels, ref sink);
            }

            bool isResidual = _shape.IsResidual(layer);
            _shape.Kernels.ComputeChords(_z, isResidual ? _activations : hidden, _slopes[layer]);
            if (isResidual)
            {
                TensorPrimitives.Add(_activations.Storage, below.Storage, hidden.Storage);
            }

            ReadOut(hidden, parameters, new Interval(0, LogitTile), layer);
            ReadOut(hidden, parameters, new Interval(_points - LogitTile, _points), layer);
        }
    }

    /// <summary>Copies the logits at the row, which are those of scoring it.</summary>
    public void CopyLogitsTo(Span<float> logits) => _logits.CopyRowTo(_points - 1, logits);

    /// <summary>Copies the logits at the baseline.</summary>
    public void CopyBaselineLogitsTo(Span<float> logits) => _logits.CopyRowTo(0, logits);

    /// <summary>Computes the mean gradient over the path, down to the units of the first layer.</summary>
    /// <param name="area">The area of the path.</param>
    /// <param name="upper">The class whose logit counts.</param>
    /// <param name="lower">The class whose logit is subtracted.</param>
    public void Backward(int area, int upper, int lower)
    {
        for (int layer = 0; layer < _shape.NumberOfLayers; layer++)
        {
            SubtractReadouts(_network[layer, area].Readout, upper, lower, _readout[layer]);
        }

        Interval points = Interval.First(_points);
        for (int layer = _shape.NumberOfLayers - 1; layer >= 0; layer--)
        {
            PanelMatrix gradient = _gradient[layer % 2], above = _gradient[(layer + 1) % 2];
            if (layer == _shape.NumberOfLayers - 1)
            {
                Repeat(_readout[layer], gradient);
            }
            else
            {
                RightTransposedProduct.Multiply(
                    _delta, _network[layer + 1, area].Weights, _readout[layer], points, gradient, accumulate: false);
                if (_shape.IsResidual(layer + 1))
                {
                    gradient.AddRows(above, points);
                }
            }

            TensorPrimitives.Multiply(gradient.Storage, _slopes[layer].Storage, _delta.Storage);
        }

        AverageDelta();
    }

    /// <summary>
    /// Multiplies the mean gradient with the difference of the row from the baseline, and adds up the inputs of each feature.
    /// </summary>
    /// <param name="row">The encoded row.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="area">The area.</param>
    /// <param name="encoding">The encoding, which tells the feature of each input.</param>
    /// <param name="contributions">Added to: one value per feature.</param>
    public void AddContributions(LayerInput row, BaselineRow baseline, int area, InputEncoding encoding, Span<float> contributions)
    {
        PanelMatrix weights = _network[0, area].Weights;
        if (row.Sparse is { } sparse)
        {
            AddSparse(sparse, baseline, weights, encoding, contributions);
            return;
        }

        row.Dense!.CopyRowTo(0, _difference);
        for (int i = 0; i < baseline.Indices.Length; i++)
        {
            _difference[baseline.Indices[i]] -= baseline.Values[i];
        }

        RightTransposedProduct.Multiply(_meanDelta, weights, null, Interval.First(1), _inputGradient!, accumulate: false);
        ReadOnlySpan<float> gradient = _inputGradient!.Storage; // the columns of a vector are contiguous
        for (int input = 0; input < _difference.Length; input++)
        {
            contributions[encoding.FeatureOf(input)] += _difference[input] * gradient[input];
        }
    }

    private PanelMatrix CreatePoints() => new(_points, _shape.HiddenUnits);

    private void ReadOut(PanelMatrix hidden, AreaParameters parameters, Interval points, int layer) =>
        RightTransposedProduct.Multiply(hidden, parameters.Readout, parameters.ReadoutBias, points, _logits, accumulate: layer > 0);

    // z = (1 - t) start + t end
    private void Interpolate(PanelMatrix start)
    {
        for (int panel = 0; panel < _z.PanelCount; panel++)
        {
            Vector512<float> from = Vector512.Load(start.Line(panel, 0)), to = Vector512.Load(_end.Line(panel, 0));
            for (int point = 0; point < _points; point++)
            {
                float share = (float)point / (_points - 1);
                (from * (1 - share) + to * share).Store(_z.Line(panel, point));
            }
        }

        GC.KeepAlive(start);
    }

    private void SubtractReadouts(PanelMatrix readout, int upper, int lower, PanelMatrix result)
    {
        Span<float> difference = result.Storage[.._otherReadout.Length];
        readout.CopyRowTo(upper, difference);
        readout.CopyRowTo(lower, _otherReadout);
        TensorPrimitives.Subtract(difference, _otherReadout, difference);
    }

    private static void Repeat(PanelMatrix vector, PanelMatrix rows)
    {
        for (int panel = 0; panel < rows.PanelCount; panel++)
        {
            for (int row = 0; row < rows.Rows; row++)
            {
                Vector512.Load(vector.Line(panel, 0)).Store(rows.Line(panel, row));
            }
        }

        GC.KeepAlive(vector);
    }

    private void AverageDelta()
    {
        for (int panel = 0; panel < _delta.PanelCount; panel++)
        {
            Vector512<float> sum = Vector512<float>.Zero;
            for (int segment = 0; segment < _points - 1; segment++)
            {
                sum += Vector512.Load(_delta.Line(panel, segment));
            }

            (sum * (1f / (_points - 1))).Store(_meanDelta.Line(panel, 0));
        }
    }

    // Merges the inputs of the row and of the baseline, both ascending.
    private void AddSparse(
        SparseRows sparse, BaselineRow baseline, PanelMatrix weights, InputEncoding encoding, Span<float> contributions)
    {
        ReadOnlySpan<int> indices = sparse.Indices(0), baselineIndices = baseline.Indices;
        ReadOnlySpan<float> values = sparse.Values(0), baselineValues = baseline.Values;
        int i = 0, j = 0;
        while (i < indices.Length || j < baselineIndices.Length)
        {
            int input = Math.Min(
                i < indices.Length ? indices[i] : int.MaxValue, j < baselineIndices.Length ? baselineIndices[j] : int.MaxValue);
            float difference = 0;
            if (i < indices.Length && indices[i] == input)
            {
                difference += values[i++];
            }

            if (j < baselineIndices.Length && baselineIndices[j] == input)
            {
                difference -= baselineValues[j++];
            }

            if (difference != 0)
            {
                // The rows of sparse weights are contiguous, and their padding is 0.
                var line = new ReadOnlySpan<float>(weights.Line(0, input), _meanDelta.Length);
                contributions[encoding.FeatureOf(input)] += difference * TensorPrimitives.Dot(line, _meanDelta.Storage);
            }
        }

        GC.KeepAlive(weights);
    }
}
