using Microsoft.ML.Data;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

public sealed partial class SalMulticlassTrainer
{
    /// <summary>
    /// Options for <see cref="SalMulticlassTrainer"/>, as taken by
    /// <see cref="SalCatalog.Sal(MulticlassClassificationCatalog.MulticlassClassificationTrainers, Options)"/>: those of the engine, and those of ML.NET.
    /// </summary>
    public sealed class Options : SalTrainingOptions
    {
        private static readonly OptionConstraint _cacheConstraint =
            OptionConstraint.Between(nameof(MaximumCacheMegabytes), 0, 1_000_000, options => ((Options)options).MaximumCacheMegabytes);

        /// <summary>The name of the label column, a key. Default: <c>Label</c>.</summary>
        public string LabelColumnName { get; set; } = DefaultColumnNames.Label;

        /// <summary>The name of the feature column, a known-size vector of <see cref="float"/>. Default: <c>Features</c>.</summary>
        public string FeatureColumnName { get; set; } = DefaultColumnNames.Features;

        /// <summary>The name of the example weight column, <see cref="float"/>. Default: null, all rows weigh the same.</summary>
        public string? ExampleWeightColumnName { get; set; }

        /// <summary>
        /// Rows to validate on after each epoch, with the columns that the trainer reads, transformed as the training rows are. Default: null.
        /// Takes precedence over <see cref="SalTrainingOptions.ValidationFraction"/>; <c>Fit(trainSet, validationSet)</c> over both.
        /// </summary>
        public IDataView? ValidationSet { get; set; }

        /// <summary>
        /// The megabytes of packed training rows to keep in memory, 0 to 1,000,000; rows beyond it go to temporary files, from where they are read in
        /// each epoch, with the same result. Default: null, as many as fill half of what the machine or its container allows.
        /// </summary>
        public int? MaximumCacheMegabytes { get; set; }

        /// <summary>Receives progress after each epoch, on the training thread. Default: null.</summary>
        public IProgress<SalTrainingProgress>? Progress { get; set; }

        /// <summary>Ends training with an <see cref="OperationCanceledException"/> before the next mini-batch. Default: never canceled.</summary>
        public CancellationToken CancellationToken { get; set; }

        /// <summary>Gets the bytes of packed rows to keep in memory; null for the engine's choice.</summary>
        internal long? MemoryBudget => MaximumCacheMegabytes * (1L << 20);

        /// <inheritdoc/>
        protected override IEnumerable<OptionConstraint> AllConstraints => [.. base.AllConstraints, _cacheConstraint];
    }
}
