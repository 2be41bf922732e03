using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Training.Routing;

/// <summary>
/// k-means, optionally balanced: area = argmax over k of c_k · x - |c_k|²/2 + load_k. Plain k-means has no load term, so each row belongs
/// to the area of the nearest centroid. In the balanced variant, the load term of an area decreases while the area holds more than its
/// share of the rows.
/// </summary>
internal sealed class KMeans
{
    private const int PlainIterations = 20;
    private const int BalancingIterations = 40;

    // The change of a load term per iteration and per excess of one whole share, in units of half the variance of the sample.
    private const double BalancingRate = 0.05;

    // The rounding error of a squared distance, relative to the squared norm.
    private const double RoundingError = 1e-5;

    private readonly int _numberOfAreas;
    private readonly int _seed;
    private readonly TrainingLimits _limits;
    private readonly int _inputs;
    private readonly int _rows;
    private readonly bool _isSparse;
    private readonly LayerInput _sample; // rows x inputs
    private readonly double[] _norms; // squared norm of each row
    private readonly int[] _areas;
    private readonly double[] _distances; // squared distance of each row to its centroid
    private readonly double[] _loadTerms;
    private readonly float[][] _centroids;
    private readonly PanelMatrix _scores; // rows x areas

    /// <param name="rows">The indices of the sample rows within the set.</param>
    public KMeans(TrainingSet set, InputEncoding encoding, int[] rows, int numberOfAreas, int seed, TrainingLimits limits)
    {
        _numberOfAreas = numberOfAreas;
        _seed = seed;
        _limits = limits;
        _inputs = encoding.InputCount;
        _rows = rows.Length;
        _isSparse = set.IsSparse;
        var input = new InputRows(encoding, Math.Max(rows.Length, PanelMatrix.RowTile), set.IsSparse);
        _sample = input.Operand;
        _norms = new double[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            input.Set(row, set.Features(rows[row]));
            _norms[row] = _sample.SquaredNorm(row);
        }

        _areas = new int[rows.Length];
        _distances = new double[rows.Length];
        _loadTerms = new double[numberOfAreas];
        _centroids = new float[numberOfAreas][];
        _scores = new PanelMatrix(rows.Length, numberOfAreas);
    }

    /// <summary>Runs plain k-means until no row changes its area.</summary>
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

    /// <summary>Runs plain k-means, followed by balancing. Returns the router whose largest area is smallest.</summary>
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

    // Prototypes are unit vectors: each centroid is its own direction of the routing space.
    private Router CreateRouter()
    {
        var prototypes = new float[_numberOfAreas][];
        var offsets = new float[_numberOfAreas];
        for (int area = 0; area < _numberOfAreas; area++)
        {
            prototypes[area] = new float[_numberOfAreas];
            prototypes[area][area] = 1;
            offsets[area] = (float)(_loadTerms[area] - SquaredNorm(_centroids[area]) / 2);
        }

        return new Router([.. _centroids.Select(centroid => centroid.ToArray())], prototypes, offsets, _isSparse);
    }

    // k-means++ (Arthur and Vassilvitskii, 2007): each further centroid is a row drawn with probability proportional to its squared
    // distance to the nearest centroid so far.
    private void ChooseStart()
    {
        var random = new KeyedRandom(_seed, RandomPurpose.RouterStart);
        Array.Fill(_distances, double.PositiveInfinity);
        int chosen = random.NextInt(_rows);
        for (int area = 0; area < _numberOfAreas; area++)
        {
            _limits.ThrowIfCanceled();
            float[] centroid = _centroids[area] = RowOf(chosen);
            var router = new Router([centroid], [[1f]], [(float)(-SquaredNorm(centroid) / 2)], _isSparse);
            router.Score(_sample, Interval.First(_rows), _scores);
            double sum = 0;
            for (int row = 0; row < _rows; row++)
            {
                _distances[row] = row == chosen ? 0 : Math.Min(_distances[row], SquaredDistance(row, _scores[row, 0]));
                sum += _distances[row];
            }

            chosen = DrawInProportion(random.NextDouble() * sum);
        }
    }

    private int DrawInProportion(double target)
    {
        for (int row = 0; row < _rows; row++)
        {
            target -= _distances[row];
            if (target < 0)
            {
                return row;
            }
        }

        return _rows - 1;
    }

    private bool Assign(Router router)
    {
        _limits.ThrowIfCanceled();
        bool isSame = true;
        router.Score(_sample, Interval.First(_rows), _scores);
        for (int row = 0; row < _rows; row++)
        {
            int area = router.Select(_scores, row);
            isSame &= area == _areas[row];
            _areas[row] = area;
            _distances[row] = SquaredDistance(row, _scores[row, area] - _loadTerms[area]);
        }

        return isSame;
    }

    private int[] CountLoads()
    {
        var loads = new int[_numberOfAreas];
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
        for (int area = 0; area < _numberOfAreas; area++)
        {
            if (loads[area] > 0)
            {
                continue;
            }

            int farthest = 0;
            for (int row = 1; row < _rows; row++)
            {
                farthest = _distances[row] > _distances[farthest] ? row : farthest;
            }

            if (_distances[farthest] <= RoundingError * _norms[farthest])
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
        for (int area = 0; area < _numberOfAreas; area++)
        {
            double excess = (double)loads[area] / _rows * _numberOfAreas - 1;
            _loadTerms[area] -= unit * excess;
        }
    }

    private void MoveCentroids(int[] loads)
    {
        var sums = new double[_numberOfAreas][];
        for (int area = 0; area < _numberOfAreas; area++)
        {
            sums[area] = new double[_inputs];
        }

        for (int row = 0; row < _rows; row++)
        {
            _sample.AddRowTo(row, sums[_areas[row]]);
        }

        for (int area = 0; area < _numberOfAreas; area++)
        {
            if (loads[area] > 0)
            {
                _centroids[area] = [.. sums[area].Select(sum => (float)(sum / loads[area]))];
            }
        }
    }

    // The mean squared distance of the rows to their mean.
    private double Variance()
    {
        var sum = new double[_inputs];
        for (int row = 0; row < _rows; row++)
        {
            _sample.AddRowTo(row, sum);
        }

        return _norms.Average() - sum.Sum(x => x / _rows * (x / _rows));
    }

    private float[] RowOf(int row)
    {
        var values = new double[_inputs];
        _sample.AddRowTo(row, values);
        return [.. values.Select(value => (float)value)];
    }

    // |x - c|² = |x|² - 2 (c · x - |c|²/2), computed from the score without its load term.
    private double SquaredDistance(int row, double score) => Math.Max(0, _norms[row] - 2 * score);

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
