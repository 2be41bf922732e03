using Sal.Core.Model;
using Sal.Core.Network;
using Sal.Core.Training;

namespace Sal.Core.Tests.Plain;

/// <summary>
/// The reference implementation: algorithm.md transcribed literally, in double precision, one row and one number at a time.
/// <c>LearningRuleTests</c> compares RowPass and ParameterPass with it.
/// </summary>
internal sealed class PlainSal
{
    public sealed class Area(AreaParameters parameters)
    {
        public double[][] W { get; } = PlainMatrix.Transpose(PlainMatrix.From(parameters.Weights)); // H x inputs

        public double[] B { get; } = PlainMatrix.From(parameters.Bias)[0]; // H

        public double[][] R { get; } = PlainMatrix.From(parameters.Readout); // C x H

        public double[] C { get; } = PlainMatrix.From(parameters.ReadoutBias)[0]; // C

        public double[][] F { get; } = parameters.Feedback is { } feedback
            ? PlainMatrix.Transpose(PlainMatrix.From(feedback)) // H x C
            : [];
    }

    public sealed class Gradients(Area area)
    {
        public double[][] W { get; } = PlainMatrix.Zeros(area.W.Length, area.W[0].Length);

        public double[] B { get; } = new double[area.B.Length];

        public double[][] R { get; } = PlainMatrix.Zeros(area.R.Length, area.R[0].Length);

        public double[] C { get; } = new double[area.C.Length];

        public int Rows { get; set; }
    }

    private readonly NetworkShape _shape;
    private readonly SalTrainingOptions _options;

    public PlainSal(SalNetwork network, SalTrainingOptions options)
    {
        _shape = network.Shape;
        _options = options;
        Layers = [.. Enumerable.Range(0, _shape.NumberOfLayers).Select(layer =>
            Enumerable.Range(0, _shape.AreaCount(layer)).Select(area => new Area(network[layer, area])).ToArray())];
    }

    /// <summary>Gets the areas of each layer.</summary>
    public Area[][] Layers { get; }

    /// <summary>Gets or sets the dropout factor of a layer, row and unit.</summary>
    public Func<int, int, int, double> Dropout { get; set; } = (_, _, _) => 1;

    public int AreaIndex(int layer, int area) => Layers[layer].Length == 1 ? 0 : area;

    /// <summary>Computes the logits of a row.</summary>
    public double[] Logits(double[] inputs, int area) => Forward(inputs, area, row: 0).O[^1];

    /// <summary>Computes the weighted mean of the rows' final cross-entropy, which backpropagation minimizes.</summary>
    public double Loss(double[][] inputs, int[] labels, double[] weights, int[] areas)
    {
        double loss = 0;
        for (int row = 0; row < inputs.Length; row++)
        {
            double[] logits = Forward(inputs[row], areas[row], row).O[^1];
            double[] target = Target(labels[row], logits.Length, isLast: true);
            loss -= weights[row] * Softmax(logits).Zip(target, (p, t) => t * Math.Log(p)).Sum();
        }

        return loss / inputs.Length;
    }

    /// <summary>
    /// Computes the gradient per layer and area, averaged over the area's rows in the mini-batch; null for areas without rows.
    /// </summary>
    public Gradients?[][] ComputeGradients(double[][] inputs, int[] labels, double[] weights, int[] areas)
    {
        Gradients?[][] gradients = [.. Layers.Select(layer => new Gradients?[layer.Length])];
        for (int row = 0; row < inputs.Length; row++)
        {
            (double[][] h, double[][] derivative, double[][] o) = Forward(inputs[row], areas[row], row);
            double[][] errors = [.. o.Select((logits, l) => Error(logits, labels[row], weights[row], isLast: l == o.Length - 1))];
            double[][] deltas = Deltas(areas[row], errors, derivative);
            for (int l = 0; l < Layers.Length; l++)
            {
                int index = AreaIndex(l, areas[row]);
                Gradients gradient = gradients[l][index] ??= new Gradients(Layers[l][index]);
                gradient.Rows++;
                double[] input = l == 0 ? inputs[row] : h[l - 1];
                double[] readoutError = _options.Rule == LearningRule.Local ? errors[l] : errors[^1];
                AddOuter(gradient.W, deltas[l], input);
                Add(gradient.B, deltas[l]);
                AddOuter(gradient.R, readoutError, h[l]);
                Add(gradient.C, readoutError);
            }
        }

        foreach (Gradients gradient in gradients.SelectMany(layer => layer).OfType<Gradients>())
        {
            foreach (double[] values in (double[][])[.. gradient.W, gradient.B, .. gradient.R, gradient.C])
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] /= gradient.Rows;
                }
            }
        }

        return gradients;
    }

    private (double[][] H, double[][] Derivative, double[][] O) Forward(double[] x, int area, int row)
    {
        var h = new double[Layers.Length][];
        var derivative = new double[Layers.Length][];
        var o = new double[Layers.Length][];
        for (int l = 0; l < Layers.Length; l++)
        {
            Area p = Layers[l][AreaIndex(l, area)];
            double[] input = l == 0 ? x : h[l - 1];
            h[l] = new double[p.B.Length];
            derivative[l] = new double[p.B.Length];
            for (int unit = 0; unit < p.B.Length; unit++)
            {
                double z = Dot(p.W[unit], input) + p.B[unit];
                double act = _shape.Activation == ActivationKind.ReLU ? Math.Max(z, 0) : Math.Tanh(z);
                double slope = _shape.Activation == ActivationKind.ReLU ? (z > 0 ? 1 : 0) : 1 - act * act;
                double factor = Dropout(l, row, unit);
                h[l][unit] = act * factor + (_shape.IsResidual(l) ? input[unit] : 0);
                derivative[l][unit] = slope * factor;
            }

            o[l] = [.. Enumerable.Range(0, p.C.Length).Select(c => (l == 0 ? 0 : o[l - 1][c]) + Dot(p.R[c], h[l]) + p.C[c])];
        }

        return (h, derivative, o);
    }

    private double[][] Deltas(int area, double[][] errors, double[][] derivative)
    {
        double g = _options.FinalErrorShare;
        var deltas = new double[Layers.Length][];
        var gradient = new double[Layers[0][0].B.Length]; // d loss / d h_l, for backpropagation
        for (int l = Layers.Length - 1; l >= 0; l--)
        {
            Area p = Layers[l][AreaIndex(l, area)];
            deltas[l] = new double[p.B.Length];
            if (_options.Rule == LearningRule.Backpropagation)
            {
                gradient = BackpropagateTo(l, area, errors[^1], deltas, gradient);
            }

            for (int unit = 0; unit < p.B.Length; unit++)
            {
                double signal = _options.Rule switch
                {
                    LearningRule.Local => Dot(p.F[unit], [.. errors[l].Zip(errors[^1], (own, final) => (1 - g) * own + g * final)]),
                    LearningRule.DirectFeedback => Dot(p.F[unit], errors[^1]),
                    _ => gradient[unit],
                };
                deltas[l][unit] = signal * derivative[l][unit];
            }
        }

        return deltas;
    }

    private double[] BackpropagateTo(int l, int area, double[] finalError, double[][] deltas, double[] above)
    {
        Area p = Layers[l][AreaIndex(l, area)];
        var gradient = new double[p.B.Length];
        for (int unit = 0; unit < gradient.Length; unit++)
        {
            gradient[unit] = Dot([.. p.R.Select(row => row[unit])], finalError);
            if (l + 1 < Layers.Length)
            {
                Area next = Layers[l + 1][AreaIndex(l + 1, area)];
                gradient[unit] += Dot([.. next.W.Select(row => row[unit])], deltas[l + 1]) + (_shape.IsResidual(l + 1) ? above[unit] : 0);
            }
        }

        return gradient;
    }

    private double[] Error(double[] logits, int label, double weight, bool isLast) =>
        [.. Softmax(logits).Zip(Target(label, logits.Length, isLast), (p, t) => weight * (p - t))];

    // Under the local rule, the last layer gets a fifth of the smoothing.
    private double[] Target(int label, int classes, bool isLast)
    {
        double share = _options.LabelSmoothing!.Value * (isLast && _options.Rule == LearningRule.Local ? 0.2 : 1);
        return [.. Enumerable.Range(0, classes).Select(c => (c == label ? 1 - share : 0) + share / classes)];
    }

    private static double[] Softmax(double[] logits)
    {
        double max = logits.Max();
        double sum = logits.Sum(o => Math.Exp(o - max));
        return [.. logits.Select(o => Math.Exp(o - max) / sum)];
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add(double[] target, double[] values)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += values[i];
        }
    }

    private static void AddOuter(double[][] target, double[] left, double[] right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                target[i][j] += left[i] * right[j];
            }
        }
    }
}
