using Sal.Core.Data;

namespace Sal.Core.Tests.Data;

/// <summary>The cuts of a feature are those of the plain definition, computed from scratch at each position.</summary>
[TestClass]
public class ClassStepsTests
{
    [TestMethod]
    [DataRow(2, 40, 0.0)]
    [DataRow(3, 300, 0.2)]
    [DataRow(7, 500, 0.5)]
    [DataRow(2, 300, 1.0)]
    public void Cuts_agree_with_their_definition(int classCount, int rows, double noise)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            (float[] values, int[] labels) = Column(classCount, rows, noise, seed);
            int[] expected = [.. PlainCuts(values, labels).Order()];
            CollectionAssert.AreEqual(expected, ClassSteps.Find(values, labels, classCount, most: 1_000), $"seed {seed}");
        }
    }

    [TestMethod]
    public void Noise_is_not_cut_and_clear_changes_are()
    {
        int cuts = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            (float[] values, int[] labels) = Column(3, 1_000, noise: 1, seed);
            cuts += ClassSteps.Find(values, labels, 3, most: 1_000).Length;
        }

        Assert.IsLessThan(3, cuts);
        (float[] clear, int[] classes) = Column(3, 1_000, noise: 0, seed: 1);
        int[] changes = [.. Enumerable.Range(0, 999).Where(i => classes[i] != classes[i + 1])];
        CollectionAssert.AreEqual(changes, ClassSteps.Find(clear, classes, 3, most: 1_000));
    }

    [TestMethod]
    public void The_most_telling_cuts_are_kept()
    {
        // Half of the rows change their class at 499, a hundredth of them at 989.
        float[] values = [.. Enumerable.Range(0, 1_000).Select(row => (float)row)];
        int[] labels = [.. Enumerable.Range(0, 1_000).Select(row => row < 500 ? 0 : row < 990 ? 1 : 2)];
        CollectionAssert.AreEqual(new[] { 499 }, ClassSteps.Find(values, labels, 3, most: 1));
        CollectionAssert.AreEqual(new[] { 499, 989 }, ClassSteps.Find(values, labels, 3, most: 2));
        Assert.IsEmpty(ClassSteps.Find(values, labels, 3, most: 0));
    }

    [TestMethod]
    public void Equal_values_are_never_parted()
    {
        float[] values = [1, 1, 1, 1, 1, 1, 1, 1];
        Assert.IsEmpty(ClassSteps.Find(values, [0, 0, 0, 0, 1, 1, 1, 1], 2, most: 10));
        Assert.IsEmpty(ClassSteps.Find([], [], 2, most: 10));
    }

    private static (float[] Values, int[] Labels) Column(int classCount, int rows, double noise, int seed)
    {
        var random = new Random(seed);
        float[] values = [.. Enumerable.Range(0, rows).Select(_ => random.Next(200) / 4f).Order()];
        int[] labels = [.. values.Select(value => random.NextDouble() < noise ? random.Next(classCount) : (int)(value / 9) % classCount)];
        return (values, labels);
    }

    // Fayyad and Irani (1993), equation by equation.
    private static IEnumerable<int> PlainCuts(float[] values, int[] labels, int offset = 0)
    {
        int n = values.Length;
        int[] candidates = [.. Enumerable.Range(0, Math.Max(0, n - 1)).Where(i => values[i] < values[i + 1])];
        if (candidates.Length == 0)
        {
            return [];
        }

        int cut = candidates.MinBy(i => ((i + 1) * Entropy(labels[..(i + 1)]) + (n - i - 1) * Entropy(labels[(i + 1)..])) / n) + 1;
        int[] left = labels[..cut], right = labels[cut..];
        double gain = Entropy(labels) - (left.Length * Entropy(left) + right.Length * Entropy(right)) / n;
        int k = Classes(labels);
        double delta = Math.Log2(Math.Pow(3, k) - 2)
            - (k * Entropy(labels) - Classes(left) * Entropy(left) - Classes(right) * Entropy(right));
        return gain <= (Math.Log2(n - 1) + delta) / n
            ? []
            : [.. PlainCuts(values[..cut], left, offset), offset + cut - 1, .. PlainCuts(values[cut..], right, offset + cut)];
    }

    private static int Classes(int[] labels) => labels.Distinct().Count();

    private static double Entropy(int[] labels) =>
        labels.CountBy(label => label).Sum(count => -(double)count.Value / labels.Length * Math.Log2((double)count.Value / labels.Length));
}
