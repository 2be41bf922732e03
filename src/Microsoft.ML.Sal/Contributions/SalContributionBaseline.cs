namespace Microsoft.ML.Trainers.Sal;

/// <summary>Specifies the row that contributions are measured from.</summary>
public enum SalContributionBaseline
{
    /// <summary>Each feature has its median in training (its mean with <c>InputScaling.Common</c>), and none is missing.</summary>
    TypicalRow,

    /// <summary>The mean of the rows to fit that are in the same area as the row to explain.</summary>
    AreaMean,
}
