namespace Quickstart;

/// <summary>A mistake in a file or in an option: its message names the place and what to do, and is all that the user sees.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
