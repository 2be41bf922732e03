using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Contenders;

/// <summary>The task of a contender: the data set, the rows to train on and to test on, and the seed.</summary>
internal sealed record Trial(BenchmarkSet Set, RowSplit Split, int Seed);
