namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>Refusals as a user sees them.</summary>
internal static class Refusal
{
    /// <summary>
    /// Gets the message of a refusal, which must not end in "(Parameter 'x')" where the caller passed no x: the engine's own parameters
    /// say nothing to whoever called ML.NET.
    /// </summary>
    /// <param name="action">The call that is refused.</param>
    /// <param name="parameter">The caller's own parameter or option that is at fault, or null.</param>
    public static string Message(Action action, string? parameter = null)
    {
        // ML.NET wraps what its worker threads throw.
        Exception error = Assert.Throws<Exception>(action).GetBaseException();
        string message = error.Message;
        Assert.AreEqual(parameter, (error as ArgumentException)?.ParamName, message);
        Assert.AreEqual(parameter is not null, message.Contains("(Parameter '", StringComparison.Ordinal), message);
        return message;
    }
}
