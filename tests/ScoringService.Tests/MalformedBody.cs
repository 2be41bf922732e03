using System.Text;

namespace ScoringService.Tests;

/// <summary>Bodies that are no predictions of Digits, for sure and each for a reason of its own.</summary>
internal static class MalformedBody
{
    public static byte[] Make(Random random, string row)
    {
        string good = $"{{\"model\":\"digits\",\"rows\":[{row},{row}]}}";
        switch (random.Next(9))
        {
            case 0: // cut off
                return Encoding.UTF8.GetBytes(good[..random.Next(good.Length)]);
            case 1: // something behind
                return Encoding.UTF8.GetBytes(good + Noise(random, 1 + random.Next(30)));
            case 2: // noise instead
                byte[] bytes = new byte[random.Next(2_000)];
                random.NextBytes(bytes);
                return [(byte)random.Next(128, 256), .. bytes];
            case 3: // no number
                string[] others = ["true", "\"1\"", "{}", "[]", "1e99", "-", "01", ".5", "0x1", "\"", "\u2603"];
                return Encoding.UTF8.GetBytes(Replace(random, good, others));
            case 4: // a value too many or too few
                return Encoding.UTF8.GetBytes(Replace(random, good, random.Next(2) == 0 ? ["1,2", "1,2,3,4"] : [null]));
            case 5: // deep
                int depth = random.Next(5, 5_000);
                return Encoding.UTF8.GetBytes($"{{\"features\":{new string('[', depth)}1{new string(']', depth)}}}");
            case 6: // a property more
                return Encoding.UTF8.GetBytes($"{{\"{Guid.NewGuid()}{new string('x', random.Next(3_000))}\":1,{good[1..]}");
            case 7: // another model
                return Encoding.UTF8.GetBytes(good.Replace("\"digits\"", $"\"{Guid.NewGuid()}\"", StringComparison.Ordinal));
            default: // another structure
                string[] structures =
                [
                    "[]", "{}", "{\"rows\":{}}", "{\"rows\":[[]]}", "{\"rows\":null}", "{\"features\":{\"Features\":{}}}",
                    $"{{\"features\":[{row}]}}", $"{{\"rows\":{row}}}", "\"rows\"", "{\"rows\"}", "{,}",
                ];
                return Encoding.UTF8.GetBytes(structures[random.Next(structures.Length)]);
        }
    }

    // Another text, or nothing, in the place of a value.
    private static string Replace(Random random, string good, string?[] others)
    {
        int start = good.IndexOf("[[", StringComparison.Ordinal) + 2, end = good.IndexOf(']', start);
        List<string> values = [.. good[start..end].Split(',')];
        int index = random.Next(values.Count);
        string? other = others[random.Next(others.Length)];
        if (other is null)
        {
            values.RemoveAt(index);
        }
        else
        {
            values[index] = other;
        }

        return $"{good[..start]}{string.Join(',', values)}{good[end..]}";
    }

    private static string Noise(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(33, 127)));
}
