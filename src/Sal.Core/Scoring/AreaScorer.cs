using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;

namespace Sal.Core.Scoring;

/// <summary>
/// Routes rows to areas and scores rows of one area. Used for single rows, batches, validation rows and the partition alike. Fill
/// <see cref="Input"/>, then route or score its first rows. Not thread-safe.
/// </summary>
internal sealed class AreaScorer
{
    private readonly int _rows;
    private PanelMatrix? _areaScores; // rows x areas
    private HiddenLayers? _hidden; // created when the first rows are scored

    /// <param name="encoding">The encoding of the features.</param>
    /// <param name="isSparse">Whether the router and the networks read sparse rows.</param>
    /// <param name="rows">The row capacity; with a capacity of 1, all matrices are vectors.</param>
    public AreaScorer(InputEncoding encoding, bool isSparse, int rows)
    {
        _rows = rows;
        Input = new InputRows(encoding, rows, isSparse);
    }

    /// <summary>Gets the rows to route or score, rows x features.</summary>
    public InputRows Input { get; }

    /// <summary>Routes the first rows of the input.</summary>
    /// <param name="router">The router.</param>
    /// <param name="areas">Written: the area of each row.</param>
    public void Route(Router router, Span<int> areas)
    {
        if (router.NumberOfAreas == 1)
        {
            areas.Clear();
            return;
        }

        if (_areaScores?.Columns != router.NumberOfAreas)
        {
            _areaScores = Create(router.NumberOfAreas);
        }

        router.Score(Input.Operand, Interval.First(areas.Length), _areaScores);
        for (int row = 0; row < areas.Length; row++)
        {
            areas[row] = router.Select(_areaScores, row);
        }
    }

    /// <summary>Computes the logits of the first rows of the input, which must all belong to one area.</summary>
    /// <param name="network">The network. Its layout must be the same in all calls, except for the number of areas.</param>
    /// <param name="area">The area.</param>
    /// <param name="rows">The number of rows.</param>
    public void Score(SalNetwork network, int area, int rows)
    {
        NetworkShape shape = network.Shape;
        _hidden ??= new HiddenLayers(this, shape);
        for (int layer = 0; layer < shape.NumberOfLayers; layer++)
        {
            shape.Kernels.Forward(_hidden.Pass(layer), network[layer, area], Interval.First(rows));
        }
    }

    /// <summary>Computes the probabilities of a row that has been scored.</summary>
    /// <param name="row">The row of the input.</param>
    /// <param name="probabilities">Written: one value per class.</param>
    public void GetProbabilities(int row, Span<float> probabilities)
    {
        _hidden!.Logits.CopyRowTo(row, probabilities);
        Softmax.Apply(probabilities);
    }

    private PanelMatrix Create(int columns) => _rows == 1 ? PanelMatrix.Vector(columns) : new PanelMatrix(_rows, columns);

    // Two outputs alternate, because each layer reads the output of the one before it; a third buffer holds act(z) where a residual layer's
    // output differs from it. All are rows x units.
    private sealed class HiddenLayers
    {
        private readonly NetworkShape _shape;
        private readonly LayerInput _input;
        private readonly LayerInput _even;
        private readonly LayerInput _odd;
        private readonly PanelMatrix _residualActivations;

        public HiddenLayers(AreaScorer scorer, NetworkShape shape)
        {
            _shape = shape;
            _input = scorer.Input.Operand;
            _even = new LayerInput(scorer.Create(_shape.HiddenUnits));
            _odd = new LayerInput(scorer.Create(_shape.HiddenUnits));
            _residualActivations = scorer.Create(_shape.HiddenUnits);
            Logits = scorer.Create(_shape.ClassCount);
        }

        /// <summary>Gets the logits, rows x classes.</summary>
        public PanelMatrix Logits { get; }

        public LayerPass Pass(int layer)
        {
            (LayerInput output, LayerInput below) = layer % 2 == 0 ? (_even, _odd) : (_odd, _even);
            PanelMatrix hidden = output.Dense!;
            bool isResidual = _shape.IsResidual(layer);
            return new LayerPass
            {
                Input = layer == 0 ? _input : below,
                Activations = isResidual ? _residualActivations : hidden,
                Hidden = hidden,
                Logits = Logits,
                IsResidual = isResidual,
                IsFirst = layer == 0,
            };
        }
    }
}
