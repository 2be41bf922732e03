namespace ScoringService;

/// <summary>The service cannot start as it was told to; the message says why and what to do.</summary>
internal sealed class ServiceStartException(string message) : Exception(message);
