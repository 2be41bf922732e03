namespace Quickstart;

/// <summary>Represents a mistake in a file or an option. The user sees its message only, which names the place and what to do.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
