using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sal.Benchmarks.Results;

/// <summary>
/// Reads and appends to files of measurements and histories, one JSON object per line. Of two lines on the same run, the later one counts.
/// </summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Append<T>(string path, T line) => File.AppendAllText(path, JsonSerializer.Serialize(line, Options) + "\n");

    public static List<Measurement> Read(params IEnumerable<string> paths) =>
    [
        .. paths.SelectMany(path => Lines<Measurement>(path, isHistory: false))
            .GroupBy(measurement => measurement.Key)
            .Select(group => group.Last()),
    ];

    public static List<History> ReadHistories(params IEnumerable<string> paths) =>
    [
        .. paths.SelectMany(path => Lines<History>(path, isHistory: true))
            .GroupBy(history => (history.Set, history.Contender, history.Seed))
            .Select(group => group.Last()),
    ];

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
                throw new InvalidDataException(
                    $"'{path}', line {index + 1} is no result: {exception.Message} "
                    + "An interrupted run may have left it half written; remove it.",
                    exception);
            }

            yield return result;
        }
    }
}
