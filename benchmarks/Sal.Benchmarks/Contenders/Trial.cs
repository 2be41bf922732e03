using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Contenders;

/// <summary>What a contender gets: the rows, which of them train and which test, and the seed of its own draws.</summary>
internal sealed record Trial(BenchmarkSet Set, RowSplit Split, int Seed);
