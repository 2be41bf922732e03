using Sal.Core.Model;
using Sal.Core.Numerics;

namespace Sal.Core.Scoring;

/// <summary>Scores rows in batches: routes all rows, then passes the rows of each area through its weights together.</summary>
internal sealed class BatchScoring(SalModel model)
{
    private const int MaximumRows = 1_024;
    private const int RowsPerPass = 128;

    // A pass computes whole tiles of rows. Up to so many rows take less time one by one.
    private const int SingleRows = PanelMatrix.RowTile / 2 - 1;

    private readonly AreaScorer _pass = new(model.Encoding, model.Network.Shape.IsSparse, RowsPerPass);
    private readonly AreaScorer _single = new(model.Encoding, model.Network.Shape.IsSparse, rows: 1);
    private readonly int[] _areas = new int[MaximumRows];
    private readonly int[] _members = new int[RowsPerPass];

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="probabilities">rows x classes, written.</param>
    /// <param name="areas">Written: the area of each row. May be empty if the areas are not needed.</param>
    public void Run<TRows>(TRows rows, Span<float> probabilities, Span<int> areas)
        where TRows : IFeatureRows, allows ref struct
    {
        for (int start = 0; start < rows.Count; start += MaximumRows)
        {
            int count = Math.Min(MaximumRows, rows.Count - start);
            Route(rows, start, count);
            for (int area = 0; area < model.NumberOfAreas; area++)
            {
                Score(rows, start, count, area, probabilities);
            }

            if (!areas.IsEmpty)
            {
                _areas.AsSpan(0, count).CopyTo(areas[start..]);
            }
        }
    }

    private void Route<TRows>(TRows rows, int start, int count)
        where TRows : IFeatureRows, allows ref struct
    {
        Array.Clear(_areas);
        if (model.NumberOfAreas == 1)
        {
            return;
        }

        int step = count <= SingleRows ? 1 : RowsPerPass;
        AreaScorer scorer = step == 1 ? _single : _pass;
        for (int first = 0; first < count; first += step)
        {
            Span<int> areas = _areas.AsSpan(first, Math.Min(step, count - first));
            scorer.Input.Clear();
            for (int i = 0; i < areas.Length; i++)
            {
                scorer.Input.Set(i, rows[start + first + i]);
            }

            scorer.Route(model.Router, areas);
        }
    }

    private void Score<TRows>(TRows rows, int start, int count, int area, Span<float> probabilities)
        where TRows : IFeatureRows, allows ref struct
    {
        int members = 0;
        for (int i = 0; i < count; i++)
        {
            if (_areas[i] != area)
            {
                continue;
            }

            _members[members++] = start + i;
            if (members == RowsPerPass)
            {
                Score(rows, _members, area, probabilities);
                members = 0;
            }
        }

        if (members > SingleRows)
        {
            Score(rows, _members.AsSpan(0, members), area, probabilities);
            return;
        }

        for (int i = 0; i < members; i++)
        {
            Score(rows, _members.AsSpan(i, 1), area, probabilities);
        }
    }

    private void Score<TRows>(TRows rows, ReadOnlySpan<int> members, int area, Span<float> probabilities)
        where TRows : IFeatureRows, allows ref struct
    {
        AreaScorer scorer = members.Length == 1 ? _single : _pass;
        scorer.Input.Clear();
        for (int i = 0; i < members.Length; i++)
        {
            scorer.Input.Set(i, rows[members[i]]);
        }

        scorer.Score(model.Network, area, members.Length);
        for (int i = 0; i < members.Length; i++)
        {
            scorer.GetProbabilities(i, probabilities.Slice(members[i] * model.ClassCount, model.ClassCount));
        }
    }
}
