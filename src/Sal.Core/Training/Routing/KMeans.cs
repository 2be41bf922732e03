using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Routing;

/// <summary>
/// k-means, balanced or not: area = argmax over k of c_k · x - |c_k|²/2 + load_k. Plain k-means has no load term, and the area is that of the
/// nearest centroid. Balanced, the load term falls where an area holds more than its share of the rows.
/// </summary>
/// <param name="sample">rows x features, transformed.</param>
internal sealed class KMeans(PanelMatrix sample, int numberOfAreas, int seed)
{
    private const int PlainIterations = 20;
    private const int BalancingIterations = 40;

    // How far a load term moves in an iteration, in mean half squared distances for an excess load of one whole share.
    private const double BalancingRate = 0.05;

    private readonly int _features = sample.Columns;
    private readonly int[] _areas = new int[sample.Rows];
    private readonly double[] _distances = new double[sample.Rows]; // squared, to the row's centroid
    private readonly double[] _loadTerms = new double[numberOfAreas];
    private readonly float[][] _centroids = new float[numberOfAreas][];
    private readonly PanelMatrix _scores = new(sample.Rows, numberOfAreas);

    public Router Learn(bool isBalanced)
    {
        ChooseStart();
        Router router = CreateRouter();
        int iterations = PlainIterations + (isBalanced ? BalancingIterations : 0);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            bool isSame = Assign(router);
            int[] loads = CountLoads();
            bool isReseeded = ReseedEmptyAreas(loads);
            if (isBalanced && iteration >= PlainIterations)
            {
                Balance(loads);
            }
            else if (isSame && !isReseeded)
            {
                iteration = Math.Max(iteration, PlainIterations - 1);
            }

            MoveCentroids(loads);
            router = CreateRouter();
        }

        return router;
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

    private void Balance(int[] loads)
    {
        double unit = BalancingRate * _distances.Average() / 2;
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
