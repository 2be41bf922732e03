namespace Microsoft.ML.Data;

/// <summary>How good the scores of more than two classes are.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(
        double accuracyMicro,
        double accuracyMacro,
        double logLoss,
        double logLossReduction,
        int topKPredictionCount,
        double[] topKAccuracies,
        double[] perClassLogLoss,
        ConfusionMatrix confusionMatrix)
    {
        MicroAccuracy = accuracyMicro;
        MacroAccuracy = accuracyMacro;
        LogLoss = logLoss;
        LogLossReduction = logLossReduction;
        TopKPredictionCount = topKPredictionCount;
        TopKAccuracyForAllK = topKAccuracies;
        PerClassLogLoss = perClassLogLoss;
        ConfusionMatrix = confusionMatrix;
    }

    /// <summary>The mean of minus the natural logarithm of the label's probability.</summary>
    public double LogLoss { get; }

    /// <summary>The share of the log-loss of the classes' frequencies that the scores save.</summary>
    public double LogLossReduction { get; }

    /// <summary>The mean of the classes' accuracies.</summary>
    public double MacroAccuracy { get; }

    /// <summary>The share of rows predicted right.</summary>
    public double MicroAccuracy { get; }

    /// <summary>The share of rows whose label is among the <see cref="TopKPredictionCount"/> highest scores.</summary>
    public double TopKAccuracy => TopKAccuracyForAllK is { Count: > 0 } all ? all[^1] : 0;

    public int TopKPredictionCount { get; }

    /// <summary>The same for 1, 2, ... highest scores.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
