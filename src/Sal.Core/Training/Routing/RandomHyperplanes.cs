using System.Numerics;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Routing;

/// <summary>
/// A router that is not learned: the signs of log2 K random projections are the binary digits of the area. In terms of prototypes, S_k
/// holds -1 and 1 for the bits of k, so S_k · (P x) is largest for the area whose bits match the signs of P x.
/// </summary>
internal static class RandomHyperplanes
{
    /// <summary>Gets the number of projections needed to tell the areas apart.</summary>
    public static int BitCount(int numberOfAreas) => Math.Max(1, BitOperations.Log2((uint)numberOfAreas - 1) + 1);

    public static Router Create(int seed, int inputs, bool isSparse, int numberOfAreas)
    {
        int bits = BitCount(numberOfAreas);
        var projection = new float[bits][];
        for (int bit = 0; bit < bits; bit++)
        {
            projection[bit] = new float[inputs];
            new KeyedRandom(seed, RandomPurpose.RouterHyperplanes, bit).FillGaussian(projection[bit], 1 / Math.Sqrt(inputs));
        }

        var prototypes = new float[numberOfAreas][];
        for (int area = 0; area < numberOfAreas; area++)
        {
            prototypes[area] = [.. Enumerable.Range(0, bits).Select(bit => (area >> bit & 1) == 1 ? 1f : -1f)];
        }

        return new Router(projection, prototypes, new float[numberOfAreas], isSparse);
    }
}
