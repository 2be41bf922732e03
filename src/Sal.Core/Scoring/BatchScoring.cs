using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Scoring;

/// <summary>Scores dense rows in batches: routes all rows, then passes the rows of each area through its weights together.</summary>
internal sealed class BatchScoring(SalModel model)
{
    /// <summary>The maximum number of rows per run.</summary>
    public const int MaximumRows = 1_024;

    private const int RowsPerPass = 128;

    private readonly AreaScorer _scorer = new(model.Encoding, model.Network.Shape.IsSparse, RowsPerPass);
    private readonly int[] _areas = new int[MaximumRows];
    private readonly int[] _members = new int[RowsPerPass];

    /// <param name="rows">The rows, one after the other, at most <see cref="MaximumRows"/>.</param>
    /// <param name="probabilities">rows x classes, written.</param>
    /// <returns>The area of each row, valid until the next run.</returns>
    public ReadOnlySpan<int> Run(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        int count = rows.Length / model.FeatureCount;
        Route(rows, count);
        for (int area = 0; area < model.NumberOfAreas; area++)
        {
            int members = 0;
            for (int row = 0; row < count; row++)
            {
                if (_areas[row] != area)
                {
                    continue;
                }

                _members[members++] = row;
                if (members == RowsPerPass)
                {
                    Score(area, rows, _members, probabilities);
                    members = 0;
                }
            }

            Score(area, rows, _members.AsSpan(0, members), probabilities);
        }

        return _areas.AsSpan(0, count);
    }

    private void Route(ReadOnlySpan<float> rows, int count)
    {
        Array.Clear(_areas);
        for (int start = 0; model.NumberOfAreas > 1 && start < count; start += RowsPerPass)
        {
            int length = Math.Min(RowsPerPass, count - start);
            _scorer.Input.Clear();
            for (int i = 0; i < length; i++)
            {
                _scorer.Input.Set(i, Row(rows, start + i));
            }

            _scorer.Route(model.Router, _areas.AsSpan(start, length));
        }
    }

    private void Score(int area, ReadOnlySpan<float> rows, ReadOnlySpan<int> members, Span<float> probabilities)
    {
        if (members.IsEmpty)
        {
            return;
        }

        _scorer.Input.Clear();
        for (int i = 0; i < members.Length; i++)
        {
            _scorer.Input.Set(i, Row(rows, members[i]));
        }

        _scorer.Score(model.Network, area, members.Length);
        for (int i = 0; i < members.Length; i++)
        {
            _scorer.GetProbabilities(i, probabilities.Slice(members[i] * model.ClassCount, model.ClassCount));
        }
    }

    private FeatureVector Row(ReadOnlySpan<float> rows, int row) => new(rows.Slice(row * model.FeatureCount, model.FeatureCount));
}
