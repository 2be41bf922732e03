using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Routing;

/// <summary>
/// k-means, balanced or not: area = argmax over k of c_k · x - |c_k|²/2 + load_k. Plain k-means has no load term, and the area is that of the
/// nearest centroid. Balanced, the load term falls where an area holds more than its share of the rows.
/// </summary>
/// <param name="sample">rows x features, transformed.</param>
internal sealed class KMeans(PanelMatrix sample, int numberOfAreas, int seed, TrainingLimits limits)
{
    private const int PlainIterations = 20;
    private const int BalancingIterations = 40;

    // How far a load term moves in an iteration for an excess load of one whole share, in half the variance of the sample.
    private const double BalancingRate = 0.05;

    private readonly int _features = sample.Columns;
    private readonly int[] _areas = new int[sample.Rows];
    private readonly double[] _distances = new double[sample.Rows]; // squared, to the row's centroid
    private readonly double[] _loadTerms = new double[numberOfAreas];
    private readonly float[][] _centroids = new float[numberOfAreas][];
    private readonly PanelMatrix _scores = new(sample.Rows, numberOfAreas);

    /// <summary>Plain k-means, until no row changes its area.</summary>
    public Router Learn()
    {
        ChooseStart();
        Router router = CreateRouter();
        for (int iteration = 0; iteration < PlainIterations; iteration++)
        {
            bool isSame = Assign(router);
            int[] loads = CountLoads();
            isSame &= !ReseedEmptyAreas(loads);
            if (isSame && iteration > 0)
            {
                break;
            }

            MoveCentroids(loads);
            router = CreateRouter();
        }

        return router;
    }

    /// <summary>Plain k-means, then balancing; of the routers met on the way, the one whose largest area is smallest.</summary>
    public Router LearnBalanced()
    {
        Router router = Learn(), best = router;
        int bestLoad = int.MaxValue;
        double unit = BalancingRate * Variance() / 2;
        for (int iteration = 0; iteration < BalancingIterations; iteration++)
        {
            Assign(router);
            int[] loads = CountLoads();
            if (loads.Max() < bestLoad)
            {
                (best, bestLoad) = (router, loads.Max());
            }

            ReseedEmptyAreas(loads);
            Balance(loads, unit);
            MoveCentroids(loads);
            router = CreateRouter();
        }

        return best;
    }

    // Prototypes are unit vectors: each centroid is a direction of the routing space of its own.
    private Router CreateRouter()
    {
        var prototypes = new float[numberOfAreas][];
        var offsets = new float[numberOfAreas];
        for (int area = 0; area < numberOfAreas; area++)
        {
            prototypes[area] = new float[numberOfAreas];
            prototypes[area][area] = 1;
            offsets[area] = (float)(_loadTerms[area] - SquaredNorm(_centroids[area]) / 2);
        }

        return new Router([.. _centroids.Select(centroid => centroid.ToArray())], prototypes, offsets);
    }

    // k-means++ (Arthur and Vassilvitskii, 2007): each next centroid is a row drawn in proportion to its squared distance.
    private void ChooseStart()
    {
        var random = new KeyedRandom(seed, RandomPurpose.RouterStart);
        Array.Fill(_distances, double.PositiveInfinity);
        int chosen = random.NextInt(sample.Rows);
        for (int area = 0; area < numberOfAreas; area++)
        {
            limits.ThrowIfCancelled();
            _centroids[area] = RowOf(chosen);
            double sum = 0;
            for (int row = 0; row < sample.Rows; row++)
            {
                _distances[row] = Math.Min(_distances[row], SquaredDistance(row, _centroids[area]));
                sum += _distances[row];
            }

            chosen = DrawInProportion(random.NextDouble() * sum);
        }
    }

    private int DrawInProportion(double target)
    {
        for (int row = 0; row < sample.Rows; row++)
        {
            target -= _distances[row];
            if (target < 0)
            {
                return row;
            }
        }

        return sample.Rows - 1;
    }

    private bool Assign(Router router)
    {
        limits.ThrowIfCancelled();
        bool isSame = true;
        router.Score(sample, 0, sample.Rows, _scores);
        for (int row = 0; row < sample.Rows; row++)
        {
            int area = router.Select(_scores, row);
            isSame &= area == _areas[row];
            _areas[row] = area;
            _distances[row] = SquaredDistance(row, _centroids[area]);
        }

        return isSame;
    }

    private int[] CountLoads()
    {
        var loads = new int[numberOfAreas];
        foreach (int area in _areas)
        {
            loads[area]++;
        }

        return loads;
    }

    // An empty area takes over the row that is farthest from its centroid.
    private bool ReseedEmptyAreas(int[] loads)
    {
        bool isReseeded = false;
        for (int area = 0; area < numberOfAreas; area++)
        {
            if (loads[area] > 0)
            {
                continue;
            }

            int farthest = 0;
            for (int row = 1; row < sample.Rows; row++)
            {
                farthest = _distances[row] > _distances[farthest] ? row : farthest;
            }

            if (_distances[farthest] == 0)
            {
                break; // fewer distinct rows than areas
            }

            loads[_areas[farthest]]--;
            _areas[farthest] = area;
            _distances[farthest] = 0;
            _loadTerms[area] = 0;
            loads[area] = 1;
            isReseeded = true;
        }

        return isReseeded;
    }

    private void Balance(int[] loads, double unit)
    {
        for (int area = 0; area < numberOfAreas; area++)
        {
            double excess = (double)loads[area] / sample.Rows * numberOfAreas - 1;
            _loadTerms[area] -= unit * excess;
        }
    }

    private void MoveCentroids(int[] loads)
    {
        var sums = new double[numberOfAreas][];
        for (int area = 0; area < numberOfAreas; area++)
        {
            sums[area] = new double[_features];
        }

        var values = new float[_features];
        for (int row = 0; row < sample.Rows; row++)
        {
            sample.CopyRowTo(row, values);
            double[] sum = sums[_areas[row]];
            for (int i = 0; i < values.Length; i++)
            {
                sum[i] += values[i];
            }
        }

        for (int area = 0; area < numberOfAreas; area++)
        {
            if (loads[area] > 0)
            {
                _centroids[area] = [.. sums[area].Select(sum => (float)(sum / loads[area]))];
            }
        }
    }

    // The mean squared distance of the rows from their mean.
    private double Variance()
    {
        var mean = new double[_features];
        double squares = 0;
        for (int row = 0; row < sample.Rows; row++)
        {
            float[] values = RowOf(row);
            squares += SquaredNorm(values);
            for (int i = 0; i < values.Length; i++)
            {
                mean[i] += values[i] / (double)sample.Rows;
            }
        }

        return squares / sample.Rows - mean.Sum(x => x * x);
    }

    private float[] RowOf(int row)
    {
        var values = new float[_features];
        sample.CopyRowTo(row, values);
        return values;
    }

    private double SquaredDistance(int row, float[] centroid)
    {
        double sum = 0;
        for (int column = 0; column < centroid.Length; column++)
        {
            double difference = sample[row, column] - centroid[column];
            sum += difference * difference;
        }

        return sum;
    }

    private static double SquaredNorm(float[] values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
