namespace Sal.Benchmarks.Contenders;

/// <summary>Thrown if a peer could not train on a set or score it; the other contenders go on.</summary>
internal sealed class PeerException(string message) : Exception(message);
