using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Plain;

/// <summary>
/// Integrated gradients from their definition, in double precision: the integral by the midpoint rule, each derivative by a central
/// difference.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class PlainExplanation(SalModel model)
{
    private const double Step = 1e-6;

    private readonly PlainSal _network = new(model.Network, new SalTrainingOptions());
    private readonly IReadOnlyList<SalInput> _encoding = model.GetInputEncoding();

    /// <summary>Encodes a row.</summary>
    public double[] Encode(IReadOnlyList<float> row) => [.. _encoding.Select(input => Encode(input, row[input.Feature]))];

    /// <summary>Encodes a row in which every feature has the value that stands for a missing one, and none is missing.</summary>
    public double[] EncodeTypical() => [.. _encoding.Select(input => input.Slope == 0 ? 0 : (double)input.Missing)];

    /// <summary>Computes the difference of two logits.</summary>
    public double LogOdds(double[] inputs, int area, int upper, int lower)
    {
        double[] logits = _network.Logits(inputs, area);
        return logits[upper] - logits[lower];
    }

    /// <summary>Computes the contribution of each feature.</summary>
    /// <param name="baseline">The encoded row that the path starts from.</param>
    /// <param name="row">The encoded row that it ends at.</param>
    /// <param name="explanation">The area and the classes.</param>
    /// <param name="points">The number of midpoints.</param>
    public double[] Contributions(double[] baseline, double[] row, SalExplanation explanation, int points)
    {
        var contributions = new double[model.FeatureCount];
        for (int input = 0; input < row.Length; input++)
        {
            double difference = row[input] - baseline[input], sum = 0;
            for (int i = 0; difference != 0 && i < points; i++)
            {
                double t = (i + 0.5) / points;
                double[] at = [.. baseline.Zip(row, (from, to) => from + t * (to - from))];
                at[input] += Step;
                double above = LogOdds(at, explanation.Area, explanation.PredictedClass, explanation.OtherClass);
                at[input] -= 2 * Step;
                sum += (above - LogOdds(at, explanation.Area, explanation.PredictedClass, explanation.OtherClass)) / (2 * Step);
            }

            contributions[_encoding[input].Feature] += difference * sum / points;
        }

        return contributions;
    }

    private static double Encode(SalInput input, double x)
    {
        if (double.IsNaN(x))
        {
            return input.Missing;
        }

        double y = (x - input.Start) * input.Slope;
        return Math.Clamp(double.IsNaN(y) ? 0 : y, input.Low, input.High);
    }
}
