using Sal.Core.Numerics;

namespace Sal.Core.Model;

/// <summary>Scores rows in batches: routes all, then takes those of each area through its weights together.</summary>
internal sealed class BatchScoring
{
    /// <summary>Rows that are routed together.</summary>
    public const int MaximumRows = 1_024;

    private const int RowsPerPass = 128;

    private readonly SalModel _model;
    private readonly ScoringBuffers _buffers;
    private readonly int[] _areas = new int[MaximumRows];
    private readonly int[] _members = new int[RowsPerPass];

    public BatchScoring(SalModel model)
    {
        _model = model;
        _buffers = new ScoringBuffers(model.Network.Shape, RowsPerPass);
    }

    /// <param name="rows">At most <see cref="MaximumRows"/> rows, one after the other.</param>
    /// <param name="probabilities">rows x classes, written.</param>
    /// <returns>The area of each row, until the next run.</returns>
    public ReadOnlySpan<int> Run(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        int count = rows.Length / _model.FeatureCount;
        Route(rows, count);
        for (int area = 0; area < _model.NumberOfAreas; area++)
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
        for (int start = 0; _model.NumberOfAreas > 1 && start < count; start += RowsPerPass)
        {
            int length = Math.Min(RowsPerPass, count - start);
            _buffers.Input.Clear();
            for (int i = 0; i < length; i++)
            {
                _buffers.Input.Set(i, Row(rows, start + i), _model.Transform);
            }

            _model.Router.Score(_buffers.Input, 0, length, _buffers.AreaScores);
            for (int i = 0; i < length; i++)
            {
                _areas[start + i] = _model.Router.Select(_buffers.AreaScores, i);
            }
        }
    }

    private void Score(int area, ReadOnlySpan<float> rows, ReadOnlySpan<int> members, Span<float> probabilities)
    {
        if (members.IsEmpty)
        {
            return;
        }

        _buffers.Input.Clear();
        for (int i = 0; i < members.Length; i++)
        {
            _buffers.Input.Set(i, Row(rows, members[i]), _model.Transform);
        }

        _buffers.Forward(_model.Network, area, members.Length);
        for (int i = 0; i < members.Length; i++)
        {
            Span<float> target = probabilities.Slice(members[i] * _model.ClassCount, _model.ClassCount);
            _buffers.Logits.CopyRowTo(i, target);
            Softmax.Apply(target);
        }
    }

    private ReadOnlySpan<float> Row(ReadOnlySpan<float> rows, int row) => rows.Slice(row * _model.FeatureCount, _model.FeatureCount);
}
