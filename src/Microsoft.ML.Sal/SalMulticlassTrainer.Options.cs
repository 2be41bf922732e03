using Microsoft.ML.Data;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

public sealed partial class SalMulticlassTrainer
{
    /// <summary>
    /// Holds the options of <see cref="SalMulticlassTrainer"/>, as passed to
    /// <see cref="SalCatalog.Sal(MulticlassClassificationCatalog.MulticlassClassificationTrainers, Options)"/>: the engine's own and those
    /// that concern ML.NET.
    /// </summary>
    public sealed class Options : SalTrainingOptions
    {
        private static readonly OptionConstraint _cacheConstraint =
            OptionConstraint.Between(nameof(MaximumCacheMegabytes), 0, 1_000_000, options => ((Options)options).MaximumCacheMegabytes);

        /// <summary>Gets or sets the name of the label column, a key. Default: <c>Label</c>.</summary>
        public string LabelColumnName { get; set; } = DefaultColumnNames.Label;

        /// <summary>
        /// Gets or sets the name of the feature column, a known-size vector of <see cref="float"/>. Default: <c>Features</c>.
        /// </summary>
        public string FeatureColumnName { get; set; } = DefaultColumnNames.Features;

        /// <summary>
        /// Gets or sets the name of the example weight column, <see cref="float"/>. Default: null, all rows weigh the same.
        /// </summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <summary>
        /// Gets or sets the rows to validate on after each epoch, with the columns that the trainer reads, transformed like the training
        /// rows. They take precedence over <see cref="SalTrainingOptions.ValidationFraction"/>, and <c>Fit(trainSet, validationSet)</c>
        /// takes precedence over both. Default: null.
        /// </summary>
        public IDataView? ValidationSet { get; set; }

        /// <summary>
        /// Gets or sets how many megabytes of packed training rows to keep in memory, 0 to 1,000,000. Rows beyond that go to temporary
        /// files and are read from there in each epoch, with the same result. Default: null, half of the memory that the machine or its
        /// container allows.
        /// </summary>
        public int? MaximumCacheMegabytes { get; set; }

        /// <summary>
        /// Gets or sets the receiver of progress after each epoch, called on the training thread. <see cref="SalTrainingProgress.Stop"/>
        /// ends training with the best model so far. Default: null.
        /// </summary>
        public IProgress<SalTrainingProgress>? Progress { get; set; }

        /// <summary>
        /// Gets or sets a token that, once canceled, ends training before the next mini-batch with an
        /// <see cref="OperationCanceledException"/> or, with <see cref="SalTrainingOptions.KeepModelOnCancellation"/>, with the best model
        /// so far. Default: never canceled.
        /// </summary>
        public CancellationToken CancellationToken { get; set; }

        /// <summary>Gets the number of bytes of packed rows to keep in memory; null for the engine's choice.</summary>
        internal long? MemoryBudget => MaximumCacheMegabytes * (1L << 20);

        /// <inheritdoc/>
        protected override IEnumerable<OptionConstraint> AllConstraints => [.. base.AllConstraints, _cacheConstraint];
    }
}
