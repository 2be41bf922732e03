using Microsoft.ML.Data;

namespace Pipelines;

/// <summary>Counts the words of a text, and its pairs of neighbouring words, in slots that their hashes choose.</summary>
internal static class WordHashing
{
    public const int SlotCount = 1 << 16;

    private static readonly char[] _separators = [' ', '.', ',', ';', ':', '!', '?', '\n', '\t'];

    /// <summary>A sparse vector of <see cref="SlotCount"/> slots, of length 1 in the Euclidean sense.</summary>
    public static VBuffer<float> Vector(string text)
    {
        string[] words = text.Split(_separators, StringSplitOptions.RemoveEmptyEntries);
        var counts = new SortedDictionary<int, float>();
        for (int i = 0; i < words.Length; i++)
        {
            Count(words[i]);
            if (i > 0)
            {
                Count($"{words[i - 1]} {words[i]}");
            }
        }

        float norm = MathF.Sqrt(counts.Values.Sum(count => count * count));
        return new VBuffer<float>(SlotCount, counts.Count, [.. counts.Values.Select(count => count / norm)], [.. counts.Keys]);

        void Count(string term)
        {
            int slot = (int)(Hash(term) % SlotCount);
            counts[slot] = counts.GetValueOrDefault(slot) + 1;
        }
    }

    // FNV-1a, for string.GetHashCode differs from process to process.
    private static uint Hash(string term)
    {
        uint hash = 2_166_136_261;
        foreach (char character in term)
        {
            hash = (hash ^ char.ToLowerInvariant(character)) * 16_777_619;
        }

        return hash ^ (hash >> 15);
    }
}
