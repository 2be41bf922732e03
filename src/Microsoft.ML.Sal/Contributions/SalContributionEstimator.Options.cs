namespace Microsoft.ML.Trainers.Sal;

public sealed partial class SalContributionEstimator
{
    /// <summary>Options of <see cref="SalContributionEstimator"/>.</summary>
    public sealed class Options
    {
        /// <summary>Gets or sets the name of the column of contributions; the names of the two columns beside it begin with it.</summary>
        public string OutputColumnName { get; set; } = DefaultOutputColumnName;

        /// <summary>
        /// Gets or sets the schema of the rows before the transforms of the model, which tells what columns the features are made of. Null
        /// if the names of the features tell it, as those of <c>TabularFeatures</c> do.
        /// </summary>
        public DataViewSchema? InputSchema { get; set; }

        /// <summary>
        /// Gets or sets the name of the class that the predicted class is compared with; null for the second likeliest one, which also
        /// takes its place where it is the predicted class.
        /// </summary>
        public string? OtherClassName { get; set; }

        /// <summary>Gets or sets the row that contributions are measured from.</summary>
        public SalContributionBaseline Baseline { get; set; }

        /// <summary>
        /// Gets or sets a row to measure from instead: the features as the trainer received them, NaN where one is missing. Null for
        /// <see cref="Baseline"/>.
        /// </summary>
        public IReadOnlyList<float>? BaselineRow { get; set; }

        /// <summary>
        /// Gets or sets whether the slots that are made of one column count together. Otherwise there is one contribution per slot of the
        /// features.
        /// </summary>
        public bool GroupByColumn { get; set; } = true;
    }
}
