namespace Sal.Core.Training.Step;

/// <summary>The loss and the number of correctly classified rows of an epoch, summed in a fixed order.</summary>
internal struct EpochTotals
{
    private double _loss;
    private double _weight;
    private long _correct;

    /// <summary>Adds a row.</summary>
    /// <param name="weightedLoss">The cross-entropy of the row, times its weight.</param>
    public void Add(double weightedLoss, double weight, bool isCorrect)
    {
        _loss += weightedLoss;
        _weight += weight;
        _correct += isCorrect ? 1 : 0;
        RowCount++;
    }

    public void Add(in EpochTotals other)
    {
        _loss += other._loss;
        _weight += other._weight;
        _correct += other._correct;
        RowCount += other.RowCount;
    }

    public long RowCount { get; private set; }

    public readonly double MeanLoss => _loss / _weight;

    public readonly double Accuracy => (double)_correct / RowCount;
}
