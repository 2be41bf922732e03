namespace Sal.Benchmarks.Accuracy;

/// <summary>Runs the actions of commands.</summary>
internal static class Commands
{
    private const int Failed = 1, Interrupted = 130;

    /// <summary>
    /// Runs an action off the calling thread, which listens for Ctrl+C. Writes a line to the error stream if arguments or files are wrong.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static Task<int> Run(Action action) => Task.Run(() =>
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException
            or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted. Repeat the command with --json FILE --resume to continue after the runs in the file.");
            return Interrupted;
        }
    });
}
