using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sal.Benchmarks.Results;

/// <summary>Files of measurements and histories, one JSON object a line. Of two of the same run the later counts.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Append(string path, Measurement measurement) => File.AppendAllText(path, JsonSerializer.Serialize(measurement, Options) + "\n");

    public static void Append(string path, History history) => File.AppendAllText(path, JsonSerializer.Serialize(history, Options) + "\n");

    public static List<Measurement> Read(params IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Lines<Measurement>(path, isHistory: false)).GroupBy(m => m.Key).Select(group => group.Last())];

    public static List<History> ReadHistories(params IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Lines<History>(path, isHistory: true)).GroupBy(h => (h.Set, h.Contender, h.Seed)).Select(group => group.Last())];

    private static IEnumerable<T> Lines<T>(string path, bool isHistory)
    {
        foreach ((int index, string line) in File.ReadLines(path).Index())
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            T result;
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                if (document.RootElement.GetProperty("kind").ValueEquals(History.LineKind) != isHistory)
                {
                    continue;
                }

                result = document.RootElement.Deserialize<T>(Options)!;
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"'{path}', line {index + 1} is no result: {exception.Message} A run that was interrupted may have left it half written; remove it.", exception);
            }

            yield return result;
        }
    }
}
