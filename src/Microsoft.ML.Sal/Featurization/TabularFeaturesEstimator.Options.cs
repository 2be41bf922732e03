using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

public sealed partial class TabularFeaturesEstimator
{
    /// <summary>
    /// Holds the options of <see cref="TabularFeaturesEstimator"/>. Columns that no option names are decided on from the rows.
    /// </summary>
    public sealed class Options
    {
        /// <summary>Gets or sets the name of the new column, a vector of <see cref="float"/>.</summary>
        public string OutputColumnName { get; set; } = DefaultColumnNames.Features;

        /// <summary>Gets or sets the name of the column that holds the label, which is kept out; null if there is none.</summary>
        public string? LabelColumnName { get; set; } = DefaultColumnNames.Label;

        /// <summary>Gets or sets the name of the example weight column, which is kept out; null if there is none.</summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <summary>Gets or sets the names of more columns to keep out.</summary>
        public IReadOnlyCollection<string> IgnoredColumnNames { get; set; } = [];

        /// <summary>
        /// Gets or sets the names of columns to use as numbers in any case: numbers, Booleans, or text, of which all that is no number
        /// counts as missing.
        /// </summary>
        public IReadOnlyCollection<string> NumericColumnNames { get; set; } = [];

        /// <summary>
        /// Gets or sets the names of columns to use as categories in any case: text, keys, numbers or Booleans, each value of which becomes
        /// an indicator.
        /// </summary>
        public IReadOnlyCollection<string> CategoricalColumnNames { get; set; } = [];

        /// <summary>Gets or sets the names of text columns whose words, and parts of words, are counted in any case.</summary>
        public IReadOnlyCollection<string> TextColumnNames { get; set; } = [];

        /// <summary>
        /// Gets or sets whether a missing number becomes the mean, beside an indicator. False keeps NaN, from which SAL and LightGbm learn;
        /// most other trainers need true.
        /// </summary>
        public bool ReplaceMissingValues { get; set; }

        /// <summary>
        /// Gets or sets the number of rows, 1 or more, in which a value of a category must occur to get an indicator of its own. Rarer
        /// values share one, which values that occur only later get, too.
        /// </summary>
        public int MinimumRowsPerCategory { get; set; } = DefaultMinimumRowsPerCategory;

        /// <summary>
        /// Gets or sets the number of rows, 1 or more, from which the use of the columns is decided: the first ones. The transforms
        /// themselves then learn from all rows.
        /// </summary>
        public long MaximumRowsToInspect { get; set; } = DefaultMaximumRowsToInspect;
    }
}
