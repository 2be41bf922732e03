using System.Runtime.Intrinsics;
using Sal.Core.Numerics;

namespace Sal.Core.Tests.Numerics;

/// <summary>Compares activations, softmax and dropout with their definitions.</summary>
[TestClass]
public class ElementwiseTests
{
    [TestMethod]
    public void Tanh_and_its_derivative_agree_with_the_library()
    {
        for (float z = -12; z < 12; z += 0.0037f)
        {
            double expected = Math.Tanh(z);
            float actual = Tanh.Apply(Vector512.Create(z))[3];
            Assert.AreEqual(expected, actual, 1e-6 * Math.Max(Math.Abs(expected), 1e-3), $"tanh({z})");
            Assert.AreEqual(1 - expected * expected, Tanh.Derivative(Vector512.Create(actual))[0], 1e-5);
        }

        Assert.AreEqual(1f, Tanh.Apply(Vector512.Create(1e30f))[0]);
        Assert.AreEqual(-1f, Tanh.Apply(Vector512.Create(-1e30f))[0]);
    }

    [TestMethod]
    public void ReLU_and_its_derivative_are_zero_for_negative_inputs()
    {
        Assert.AreEqual(2f, ReLU.Apply(Vector512.Create(2f))[0]);
        Assert.AreEqual(0f, ReLU.Apply(Vector512.Create(-2f))[0]);
        Assert.AreEqual(1f, ReLU.Derivative(Vector512.Create(2f))[0]);
        Assert.AreEqual(0f, ReLU.Derivative(Vector512.Create(0f))[0]);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(10)]
    [DataRow(26)]
    [DataRow(1000)]
    public void Softmax_agrees_with_its_definition(int classes)
    {
        var random = new Random(classes);
        float[] logits = [.. Enumerable.Range(0, classes).Select(_ => random.NextSingle() * 200 - 100)];
        double max = logits.Max();
        double sum = logits.Sum(o => Math.Exp(o - max));
        double[] expected = [.. logits.Select(o => Math.Exp(o - max) / sum)];

        Softmax.Apply(logits);

        for (int i = 0; i < classes; i++)
        {
            Assert.AreEqual(expected[i], logits[i], 1e-5 * Math.Max(expected[i], 1e-20));
        }
    }

    [TestMethod]
    [DataRow(new[] { float.NaN, 1f, 1f }, new[] { 0f, 0.5f, 0.5f })]
    [DataRow(new[] { float.NaN, float.NaN }, new[] { 0.5f, 0.5f })]
    [DataRow(new[] { float.PositiveInfinity, 3f, float.PositiveInfinity }, new[] { 0.5f, 0f, 0.5f })]
    [DataRow(new[] { float.NegativeInfinity, 3f }, new[] { 0f, 1f })]
    [DataRow(new[] { float.NegativeInfinity, float.NegativeInfinity }, new[] { 0.5f, 0.5f })]
    [DataRow(new[] { float.MaxValue, float.MinValue }, new[] { 1f, 0f })]
    public void Softmax_of_unusual_logits_is_never_NaN(float[] logits, float[] expected)
    {
        Softmax.Apply(logits);
        CollectionAssert.AreEqual(expected, logits);
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.9)]
    public void Dropout_drops_its_share_and_keeps_the_mean(double rate)
    {
        var mask = new DropoutMask(KeyedRandom.Key(1, RandomPurpose.Dropout), rate);
        const int Count = 160_000;
        int dropped = 0;
        double sum = 0;
        for (int offset = 0; offset < Count; offset += 16)
        {
            Vector512<float> factors = mask.Factors(offset);
            for (int lane = 0; lane < 16; lane++)
            {
                dropped += factors[lane] == 0 ? 1 : 0;
                sum += factors[lane];
            }
        }

        Assert.AreEqual(rate, (double)dropped / Count, 0.005);
        Assert.AreEqual(1, sum / Count, 0.03);
    }

    [TestMethod]
    public void Dropout_with_different_keys_or_offsets_is_uncorrelated()
    {
        var first = new DropoutMask(KeyedRandom.Key(1, RandomPurpose.Dropout, 3), 0.5);
        var second = new DropoutMask(KeyedRandom.Key(1, RandomPurpose.Dropout, 4), 0.5);
        int sameAcrossKeys = 0, sameAcrossOffsets = 0;
        const int Count = 64_000;
        for (int offset = 0; offset < Count; offset += 16)
        {
            for (int lane = 0; lane < 16; lane++)
            {
                sameAcrossKeys += first.Factors(offset)[lane] == second.Factors(offset)[lane] ? 1 : 0;
                sameAcrossOffsets += first.Factors(offset)[lane] == first.Factors(offset + Count)[lane] ? 1 : 0;
            }
        }

        Assert.AreEqual(0.5, (double)sameAcrossKeys / Count, 0.01);
        Assert.AreEqual(0.5, (double)sameAcrossOffsets / Count, 0.01);
    }
}
