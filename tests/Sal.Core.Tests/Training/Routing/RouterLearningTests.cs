using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Tests.Data;
using Sal.Core.Tests.Plain;
using Sal.Core.Training.Routing;
using Sal.Core.Training;

namespace Sal.Core.Tests.Training.Routing;

[TestClass]
public class RouterLearningTests
{
    [TestMethod]
    public void The_area_is_the_argmax_of_S_P_x_plus_beta()
    {
        var random = new Random(1);
        float[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextSingle() - 0.5f)];
        var router = new Router([Draw(7), Draw(7)], [Draw(2), Draw(2), Draw(2)], Draw(3), isSparse: false);
        PanelMatrix input = PlainMatrix.Random(50, 7, 2);
        var scores = new PanelMatrix(50, 3);
        router.Score(new LayerInput(input), Interval.First(50), scores);
        for (int row = 0; row < 50; row++)
        {
            double[] expected = [.. Enumerable.Range(0, 3).Select(k => router.Offsets[k] + Enumerable.Range(0, 2).Sum(r =>
                router.Prototypes[k][r] * Enumerable.Range(0, 7).Sum(i => (double)router.Projection[r][i] * input[row, i])))];
            Assert.AreEqual(Array.IndexOf(expected, expected.Max()), router.Select(scores, row));
        }
    }

    [TestMethod]
    public void Plain_k_means_chooses_the_nearest_centroid()
    {
        (TrainingSet set, InputEncoding encoding) = Blobs([400, 50, 50, 50]);
        Router router = RouterLearning.Learn(new SalTrainingOptions { Router = RouterKind.KMeans }, 4, set, encoding, TrainingLimits.None);
        using var team = new WorkerTeam(1);
        RowAreas areas = RowAreas.Route(set, router, encoding, team, TrainingLimits.None);
        for (int row = 0; row < set.RowCount; row++)
        {
            float[] x = set.Features(row).Values.ToArray();
            double[] distances = [.. router.Projection.Select(c => c.Zip(x, (a, b) => (a - b) * (double)(a - b)).Sum())];
            Assert.AreEqual(Array.IndexOf(distances, distances.Min()), areas[row]);
        }
    }

    [TestMethod]
    public void Balanced_k_means_evens_out_the_loads()
    {
        (TrainingSet set, InputEncoding encoding) = Blobs([700, 50, 150, 100]);
        using var team = new WorkerTeam(2);
        double plain = GiniOf(RouterKind.KMeans), balanced = GiniOf(RouterKind.BalancedKMeans);
        Assert.IsLessThan(plain / 2, balanced, $"Gini coefficient {balanced:F3}, plain {plain:F3}");

        double GiniOf(RouterKind kind)
        {
            Router router = RouterLearning.Learn(new SalTrainingOptions { Router = kind }, 4, set, encoding, TrainingLimits.None);
            return Gini(Loads(RowAreas.Route(set, router, encoding, team, TrainingLimits.None), set));
        }
    }

    [TestMethod]
    public void The_signs_of_the_hyperplanes_encode_the_area()
    {
        (TrainingSet set, InputEncoding encoding) = Blobs([100, 100, 100]);
        Router router =
            RouterLearning.Learn(new SalTrainingOptions { Router = RouterKind.RandomHyperplanes }, 8, set, encoding, TrainingLimits.None);
        using var team = new WorkerTeam(1);
        RowAreas areas = RowAreas.Route(set, router, encoding, team, TrainingLimits.None);
        for (int row = 0; row < set.RowCount; row++)
        {
            float[] x = set.Features(row).Values.ToArray();
            int expected = router.Projection.Select((p, bit) => p.Zip(x, (a, b) => (double)a * b).Sum() > 0 ? 1 << bit : 0).Sum();
            Assert.AreEqual(expected, areas[row]);
        }
    }

    private static (TrainingSet, InputEncoding) Blobs(int[] sizes)
    {
        var random = new Random(3);
        var builder = new TrainingSetBuilder(2, 2);
        for (int blob = 0; blob < sizes.Length; blob++)
        {
            for (int i = 0; i < sizes[blob]; i++)
            {
                double angle = blob * 2 * Math.PI / sizes.Length;
                builder.TryAdd(
                    [(float)(Math.Cos(angle) + 2 * random.NextDouble()), (float)(Math.Sin(angle) + 2 * random.NextDouble())], i % 2);
            }
        }

        return (builder.Build(), Encodings.Unchanged(2));
    }

    private static int[] Loads(RowAreas areas, TrainingSet set) => [.. areas.Group(set.RowCount, 4).Select(group => group.Length)];

    private static double Gini(int[] loads)
    {
        double differences = loads.Sum(a => loads.Sum(b => Math.Abs(a - b)));
        return differences / (2.0 * loads.Length * loads.Sum());
    }
}
