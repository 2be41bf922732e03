namespace EdgeScorer;

/// <summary>Lists the exit codes of the program.</summary>
internal static class ExitCode
{
    public const int AllRowsScored = 0;
    public const int NoModel = 1;
    public const int RowsLeftOut = 2;
}
