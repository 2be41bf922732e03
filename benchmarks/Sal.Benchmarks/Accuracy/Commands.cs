namespace Sal.Benchmarks.Accuracy;

/// <summary>What commands do alike.</summary>
internal static class Commands
{
    private const int Failed = 1, Interrupted = 130;

    /// <summary>
    /// Runs a command, off the calling thread, which listens for Ctrl+C. What is wrong with its arguments or files is a line on the error stream.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static Task<int> Run(Action action) => Task.Run(() =>
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted. The same command with --json FILE --resume goes on after the runs that the file has.");
            return Interrupted;
        }
    });
}
