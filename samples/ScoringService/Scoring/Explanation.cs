using Microsoft.ML.Data;

namespace ScoringService.Scoring;

/// <summary>Holds the columns that <c>CalculateContributions</c> adds to a row.</summary>
internal sealed class Explanation
{
    /// <summary>Gets or sets what each column contributed to the log-odds of the predicted class, in nats.</summary>
    public VBuffer<float> Contributions { get; set; }

    /// <summary>Gets or sets the class that the predicted one is compared with.</summary>
    public string ContributionsOtherClass { get; set; } = "";

    /// <summary>Gets or sets the log-odds of the typical row, to which the contributions are added.</summary>
    public float ContributionsBaseline { get; set; }
}
