using System.Numerics.Tensors;

namespace Sal.Benchmarks.Results;

/// <summary>Measures of how good predicted probabilities are.</summary>
/// <param name="MicroAccuracy">The share of the rows whose highest probability is that of their class.</param>
/// <param name="MacroAccuracy">The mean of that share over the classes that occur.</param>
/// <param name="LogLoss">The mean of -ln p, where p is the probability of the row's class, at least 1e-7.</param>
/// <param name="CalibrationError">
/// The expected calibration error: with the rows in 15 bins of equal width by their highest probability, the mean over the rows of the
/// difference between the accuracy of the row's bin and the bin's mean highest probability (Guo et al., 2017).
/// </param>
internal sealed record Metrics(double MicroAccuracy, double MacroAccuracy, double LogLoss, double CalibrationError)
{
    private const double LeastProbability = 1e-7;
    private const int CalibrationBins = 15;

    /// <param name="probabilities">Rows x classes.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classCount">The number of classes.</param>
    public static Metrics Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classCount)
    {
        var hits = new int[classCount];
        var rows = new int[classCount];
        var excess = new double[CalibrationBins]; // of the highest probabilities over the hits
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> ofRow = probabilities.Slice(row * classCount, classCount);
            int label = labels[row];
            rows[label]++;
            int predicted = TensorPrimitives.IndexOfMax(ofRow);
            int hit = predicted == label ? 1 : 0;
            hits[label] += hit;
            excess[Math.Min((int)(ofRow[predicted] * CalibrationBins), CalibrationBins - 1)] += ofRow[predicted] - hit;
            loss -= Math.Log(Math.Max(ofRow[label], LeastProbability));
        }

        double macro = Enumerable.Range(0, classCount).Where(c => rows[c] > 0).Average(c => (double)hits[c] / rows[c]);
        return new Metrics((double)hits.Sum() / labels.Length, macro, loss / labels.Length, excess.Sum(Math.Abs) / labels.Length);
    }
}
