using Sal.Core.Data;

namespace Sal.Benchmarks.Data;

/// <summary>A labeled data set and how it is split.</summary>
/// <param name="Name">The name that <c>--sets</c> picks it by.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Scaling">The standardization that suits it, for peers and for the paper's protocol; SAL's defaults do without.</param>
/// <param name="TrainingRows">The number of first rows to train on, if the split is published; null for a stratified split by seed.</param>
/// <param name="TestShare">The share of the rows that a stratified split holds out for testing.</param>
internal sealed record BenchmarkSet(string Name, LabeledRows Rows, InputScaling Scaling, int? TrainingRows, double TestShare = 0.2)
{
    public RowSplit Split(int seed) => TrainingRows is { } first
        ? RowSplit.First(first, Rows.Count)
        : RowSplit.Stratified([.. Enumerable.Range(0, Rows.Count)], Rows.Label, TestShare, seed);
}
