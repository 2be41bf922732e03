namespace Microsoft.ML.Runtime;

/// <summary>Checks of arguments and states, with the exception types that the real ones throw.</summary>
internal static class Contracts
{
    public static Exception Except(string msg) => new InvalidOperationException(msg);

    public static Exception Except(this IExceptionContext ctx, string msg) => Except(msg);

    public static Exception ExceptUserArg(string name, string msg) => new ArgumentOutOfRangeException(name, msg);

    public static Exception ExceptUserArg(this IExceptionContext ctx, string name, string msg) => ExceptUserArg(name, msg);

    public static Exception ExceptParam(this IExceptionContext ctx, string paramName, string msg) => new ArgumentOutOfRangeException(paramName, msg);

    public static Exception ExceptDecode(this IExceptionContext ctx, string msg) => new FormatException(msg);

    public static Exception ExceptNotSupp(string msg) => new NotSupportedException(msg);

    public static Exception ExceptSchemaMismatch(this IExceptionContext ctx, string paramName, string columnRole, string columnName) =>
        new ArgumentOutOfRangeException(paramName, $"Could not find {columnRole} column '{columnName}'");

    public static Exception ExceptSchemaMismatch(
        this IExceptionContext ctx, string paramName, string columnRole, string columnName, string expectedType, string actualType) =>
        new ArgumentOutOfRangeException(paramName, $"Schema mismatch for {columnRole} column '{columnName}': expected {expectedType}, got {actualType}");

    public static void Check(this IExceptionContext ctx, bool f, string msg)
    {
        if (!f)
        {
            throw Except(msg);
        }
    }

    public static void CheckUserArg(this IExceptionContext ctx, bool f, string name)
    {
        if (!f)
        {
            throw new ArgumentOutOfRangeException(name);
        }
    }

    public static void CheckUserArg(this IExceptionContext ctx, bool f, string name, string msg)
    {
        if (!f)
        {
            throw ExceptUserArg(name, msg);
        }
    }

    public static void CheckParam(this IExceptionContext ctx, bool f, string paramName, string msg)
    {
        if (!f)
        {
            throw new ArgumentOutOfRangeException(paramName, msg);
        }
    }

    public static void CheckDecode(this IExceptionContext ctx, bool f, string msg)
    {
        if (!f)
        {
            throw new FormatException(msg);
        }
    }

    public static void CheckValue<T>(T val, string paramName)
        where T : class => ArgumentNullException.ThrowIfNull(val, paramName);

    public static void CheckValue<T>(this IExceptionContext ctx, T val, string paramName)
        where T : class => CheckValue(val, paramName);

    public static string CheckNonEmpty(string s, string paramName) =>
        !string.IsNullOrEmpty(s) ? s : throw new ArgumentNullException(paramName);

    public static string CheckNonEmpty(this IExceptionContext ctx, string s, string paramName) => CheckNonEmpty(s, paramName);

    /// <summary>Throws if the execution was cancelled.</summary>
    public static void CheckAlive(this IHostEnvironment env)
    {
        if (env is ICancelable { IsCanceled: true })
        {
            throw new OperationCanceledException("Operation was canceled.");
        }
    }
}
