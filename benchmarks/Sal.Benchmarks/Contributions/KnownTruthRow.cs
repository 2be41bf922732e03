namespace Sal.Benchmarks.Contributions;

/// <summary>
/// A row of a table of which three columns alone decide the class: a number, a category, and a number that may be missing. Each changes the
/// log-odds of the class by 1 to 3 in every row, measured from the mean of its effects. The other columns are of the same kinds, and noise.
/// </summary>
internal sealed class KnownTruthRow
{
    /// <summary>The columns that decide.</summary>
    public static readonly string[] Deciding = [nameof(Number), nameof(Category), nameof(Sometimes)];

    private static readonly string[] _letters = ["a", "b", "c", "d", "e"];

    public float Number { get; private init; }

    public string Category { get; private init; } = "";

    public float Sometimes { get; private init; }

    public float Noise1 { get; private init; }

    public float Noise2 { get; private init; }

    public float Noise3 { get; private init; }

    public float Noise4 { get; private init; }

    public float NoiseSometimes1 { get; private init; }

    public float NoiseSometimes2 { get; private init; }

    public string NoiseCategory1 { get; private init; } = "";

    public string NoiseCategory2 { get; private init; } = "";

    public bool NoiseYes { get; private init; }

    public string Class { get; private init; } = "";

    /// <summary>Creates rows whose classes are drawn with the probabilities that their log-odds give.</summary>
    public static KnownTruthRow[] Create(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
    }

    private static KnownTruthRow Draw(Random random)
    {
        float number = TwoSided(random);
        int letter = random.Next(_letters.Length);
        float sometimes = random.Next(4) == 0 ? float.NaN : TwoSided(random);
        double logOdds = 1.5 * number
            + ((double[])[-3, -2, 1, 2, 3])[letter]
            + (float.IsNaN(sometimes) ? 3 : -1.5 * sometimes);
        return new KnownTruthRow
        {
            Number = number,
            Category = _letters[letter],
            Sometimes = sometimes,
            Noise1 = random.NextSingle(),
            Noise2 = TwoSided(random),
            Noise3 = 100 * random.NextSingle() * random.NextSingle(),
            Noise4 = random.Next(10),
            NoiseSometimes1 = random.Next(4) == 0 ? float.NaN : TwoSided(random),
            NoiseSometimes2 = random.Next(4) == 0 ? float.NaN : random.NextSingle(),
            NoiseCategory1 = _letters[random.Next(_letters.Length)],
            NoiseCategory2 = _letters[random.Next(_letters.Length)],
            NoiseYes = random.Next(2) == 0,
            Class = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? "yes" : "no",
        };
    }

    // -2 to -1 or 1 to 2.
    private static float TwoSided(Random random) => (1 + random.NextSingle()) * (random.Next(2) == 0 ? -1 : 1);
}
