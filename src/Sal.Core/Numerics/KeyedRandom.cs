namespace Sal.Core.Numerics;

/// <summary>The purpose of a random stream. It is part of the key, so no two purposes share draws.</summary>
internal enum RandomPurpose
{
    Weights = 1,
    Feedback = 2,
    Shuffle = 3,
    Dropout = 4,
    RouterSample = 5,
    RouterStart = 6,
    RouterHyperplanes = 7,
    Holdout = 8,
    StratifiedSplit = 9,
    Permutation = 10,
    InputSample = 11,
}

/// <summary>
/// A random stream that depends only on its key: draw n is the output function of SplitMix64 at key + n * <see cref="Gamma"/> (Steele, Lea
/// and Flood, 2014). Draws are therefore independent of the order in which threads run.
/// </summary>
internal struct KeyedRandom
{
    /// <summary>2^64 / golden ratio, the increment that keeps the keys apart.</summary>
    public const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>
    /// Opens the stream of a purpose; <paramref name="a"/> to <paramref name="d"/> tell its streams apart (epoch, area, layer, ...).
    /// </summary>
    public KeyedRandom(int seed, RandomPurpose purpose, int a = 0, int b = 0, int c = 0, int d = 0) =>
        _state = Key(seed, purpose, a, b, c, d);

    /// <summary>Computes the key of a stream, for draws that are computed when needed (<see cref="DropoutMask"/>).</summary>
    public static ulong Key(int seed, RandomPurpose purpose, int a = 0, int b = 0, int c = 0, int d = 0)
    {
        ulong key = Mix(((ulong)purpose << 32) | (uint)seed);
        key = Mix(key + Gamma + (uint)a);
        key = Mix(key + Gamma + (uint)b);
        key = Mix(key + Gamma + (uint)c);
        return Mix(key + Gamma + (uint)d);
    }

    public ulong NextUInt64() => Mix(_state += Gamma);

    /// <summary>Draws uniformly from [0, 1), with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws uniformly from [0, bound); the bias of at most bound / 2^64 is negligible.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Makes two independent standard normal draws (Box and Muller, 1958).</summary>
    public (double First, double Second) NextGaussianPair()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        return (radius * cosine, radius * sine);
    }

    /// <summary>Fills a span with draws from N(0, deviation^2).</summary>
    public void FillGaussian(Span<float> destination, double deviation)
    {
        for (int i = 0; i < destination.Length; i += 2)
        {
            (double first, double second) = NextGaussianPair();
            destination[i] = (float)(first * deviation);
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = (float)(second * deviation);
            }
        }
    }

    /// <summary>Shuffles the items (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
