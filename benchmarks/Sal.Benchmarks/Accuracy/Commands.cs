namespace Sal.Benchmarks.Accuracy;

/// <summary>What commands do alike.</summary>
internal static class Commands
{
    /// <summary>Runs a command; what is wrong with its arguments or files is a line on the error stream and exit code 1.</summary>
    public static Task<int> Run(Action action)
    {
        try
        {
            action();
            return Task.FromResult(0);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Task.FromResult(1);
        }
    }
}
