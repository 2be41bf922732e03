namespace Sal.Benchmarks.Contenders;

/// <summary>A peer that could not train on a set, or not score it. The others go on.</summary>
internal sealed class PeerException(string message) : Exception(message);
