using System.Text.Json;

namespace Sal.Benchmarks.Results;

/// <summary>A file of measurements, one JSON object a line. Of two with the same kind, set, contender and seed the later counts.</summary>
internal static class ResultFile
{
    public static void Append(string path, Measurement measurement) => File.AppendAllText(path, JsonSerializer.Serialize(measurement) + "\n");

    public static List<Measurement> Read(string path) =>
    [
        .. File.ReadLines(path)
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => JsonSerializer.Deserialize<Measurement>(line)!)
            .GroupBy(m => (m.Kind, m.Set, m.Contender, m.Seed))
            .Select(group => group.Last()),
    ];
}
