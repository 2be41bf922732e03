using System.Numerics.Tensors;
using Sal.Core.Data;
using Sal.Core.Scoring;

namespace Sal.Core.Model;

/// <summary>
/// Computes the mean row of each area of a model, as a baseline of a <see cref="SalExplainer"/>. The mean is that of the encoded rows: of a
/// feature that is missing in some of them, it includes the share in which it is missing. Not thread-safe.
/// </summary>
/// <param name="model">The model.</param>
public sealed class SalAreaMeans(SalModel model)
{
    private readonly double[]?[] _sums = new double[]?[model.NumberOfAreas]; // of the inputs; created with the first row of an area
    private readonly long[] _rows = new long[model.NumberOfAreas];

    internal SalModel Model => model;

    /// <summary>Adds a row to the mean of its area.</summary>
    /// <param name="features">The row, with as many raw features as the model reads.</param>
    /// <exception cref="ArgumentException">The row has the wrong length.</exception>
    public void Add(in FeatureVector features)
    {
        AreaScorer scorer = model.Rent(in features);
        int area = model.Route(scorer);
        scorer.Input.Operand.AddRowTo(0, _sums[area] ??= new double[model.Encoding.InputCount]);
        _rows[area]++;
        model.Return(scorer);
    }

    /// <summary>Gets one baseline per area: of an area without rows, the mean of all rows.</summary>
    /// <exception cref="InvalidOperationException">No row has been added.</exception>
    internal BaselineRow[] ToBaselines()
    {
        if (_rows.Sum() == 0)
        {
            throw new InvalidOperationException("There are no rows to compute the means of the areas from. Add rows.");
        }

        BaselineRow? all = null;
        return [.. _sums.Select((sums, area) => sums is null ? all ??= MeanOfAll() : Mean(sums, _rows[area]))];
    }

    private BaselineRow MeanOfAll()
    {
        double[] total = new double[model.Encoding.InputCount];
        foreach (double[] sums in _sums.OfType<double[]>())
        {
            TensorPrimitives.Add(total, sums, total);
        }

        return Mean(total, _rows.Sum());
    }

    private static BaselineRow Mean(double[] sums, long rows) => BaselineRow.From([.. sums.Select(sum => (float)(sum / rows))]);
}
