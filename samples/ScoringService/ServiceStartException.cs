namespace ScoringService;

/// <summary>Represents a reason why the service cannot start. The message explains it and what to do.</summary>
internal sealed class ServiceStartException(string message) : Exception(message);
