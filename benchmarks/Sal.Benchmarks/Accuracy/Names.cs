namespace Sal.Benchmarks.Accuracy;

/// <summary>Splits lists of names on the command line, separated by commas or spaces.</summary>
internal static class Names
{
    public static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
