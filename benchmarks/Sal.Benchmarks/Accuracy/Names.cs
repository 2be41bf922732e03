namespace Sal.Benchmarks.Accuracy;

/// <summary>Lists of names on the command line, apart by commas or spaces.</summary>
internal static class Names
{
    public static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
