using Sal.Core.Numerics;

namespace Sal.Core.Tests.Numerics;

[TestClass]
public class KeyedRandomTests
{
    [TestMethod]
    public void Every_part_of_the_key_selects_a_different_stream()
    {
        ulong[] keys =
        [
            KeyedRandom.Key(0, RandomPurpose.Weights),
            KeyedRandom.Key(1, RandomPurpose.Weights),
            KeyedRandom.Key(-1, RandomPurpose.Weights),
            KeyedRandom.Key(0, RandomPurpose.Shuffle),
            KeyedRandom.Key(0, RandomPurpose.Weights, 1),
            KeyedRandom.Key(0, RandomPurpose.Weights, 0, 1),
            KeyedRandom.Key(0, RandomPurpose.Weights, 0, 0, 1),
            KeyedRandom.Key(0, RandomPurpose.Weights, 0, 0, 0, 1),
        ];
        Assert.HasCount(keys.Length, keys.Distinct());
    }

    [TestMethod]
    public void Gaussian_draws_have_mean_0_and_the_requested_deviation()
    {
        var values = new float[100_001];
        new KeyedRandom(4, RandomPurpose.Weights).FillGaussian(values, 3);
        double mean = values.Average(x => (double)x);
        double deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
        Assert.AreEqual(0, mean, 0.05);
        Assert.AreEqual(3, deviation, 0.03);
        Assert.AreEqual(0.6827, values.Count(x => Math.Abs(x) < 3) / 100_001.0, 0.01);
    }

    [TestMethod]
    public void Shuffle_moves_every_item_to_every_position()
    {
        var counts = new int[5, 5];
        for (int trial = 0; trial < 5_000; trial++)
        {
            int[] items = [0, 1, 2, 3, 4];
            new KeyedRandom(1, RandomPurpose.Shuffle, trial).Shuffle(items);
            CollectionAssert.AreEquivalent(new[] { 0, 1, 2, 3, 4 }, items);
            for (int i = 0; i < 5; i++)
            {
                counts[i, items[i]]++;
            }
        }

        foreach (int count in counts)
        {
            Assert.AreEqual(1_000, count, 120);
        }
    }

    [TestMethod]
    public void Uniform_draws_stay_within_their_bounds()
    {
        var random = new KeyedRandom(2, RandomPurpose.RouterStart);
        for (int i = 0; i < 10_000; i++)
        {
            double x = random.NextDouble();
            Assert.IsTrue(x is >= 0 and < 1);
            int n = random.NextInt(7);
            Assert.IsTrue(n is >= 0 and < 7);
        }
    }
}
