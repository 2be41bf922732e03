using Sal.Core.Numerics;

namespace Sal.Core.Network;

/// <summary>The frozen router: area = argmax over k of S_k · (P x) + beta_k, the lowest k on a tie.</summary>
/// <remarks>
/// P (width x features) projects into the routing space, and S (areas x width) holds the prototypes in that space. Both are frozen, so
/// scores are computed with their product S P.
/// </remarks>
internal sealed class Router
{
    private readonly PanelMatrix _offsets; // 1 x areas

    /// <param name="projection">P, width x features.</param>
    /// <param name="prototypes">S, areas x width.</param>
    /// <param name="offsets">beta, one value per area.</param>
    /// <param name="isSparse">Whether the inputs are sparse.</param>
    public Router(float[][] projection, float[][] prototypes, float[] offsets, bool isSparse)
    {
        Projection = projection;
        Prototypes = prototypes;
        Offsets = offsets;
        InputWidth = projection[0].Length;
        Directions = isSparse ? PanelMatrix.RowMajor(InputWidth, prototypes.Length) : new PanelMatrix(InputWidth, prototypes.Length);
        _offsets = PanelMatrix.Vector(prototypes.Length);
        _offsets.SetRow(0, offsets);
        var sums = new double[InputWidth];
        for (int area = 0; area < prototypes.Length; area++)
        {
            Array.Clear(sums);
            for (int r = 0; r < projection.Length; r++)
            {
                // The prototypes of k-means are unit vectors, so most terms are skipped.
                for (int feature = 0; prototypes[area][r] != 0 && feature < InputWidth; feature++)
                {
                    sums[feature] += (double)prototypes[area][r] * projection[r][feature];
                }
            }

            for (int feature = 0; feature < InputWidth; feature++)
            {
                Directions[feature, area] = (float)sums[feature];
            }
        }
    }

    /// <summary>Gets whether all numbers are finite.</summary>
    public bool IsFinite => Directions.IsFinite && _offsets.IsFinite;

    public float[][] Projection { get; }

    public float[][] Prototypes { get; }

    public float[] Offsets { get; }

    public int InputWidth { get; }

    /// <summary>Gets (S P) transposed, features x areas.</summary>
    public PanelMatrix Directions { get; }

    public int NumberOfAreas => Prototypes.Length;

    /// <summary>Gets whether the inputs are sparse.</summary>
    public bool IsSparse => Directions.IsRowMajor;

    /// <summary>Creates the router of a network with one area.</summary>
    public static Router SingleArea(int inputWidth, bool isSparse) => new([new float[inputWidth]], [[1f]], [0f], isSparse);

    /// <summary>Computes the scores of the areas.</summary>
    /// <param name="input">rows x features, transformed.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">rows x areas, written.</param>
    public void Score(LayerInput input, Interval rows, PanelMatrix scores)
    {
        var sink = new LinearSink(scores, _offsets);
        input.Multiply(Directions, rows, ref sink);
    }

    /// <summary>Gets the area with the highest score in a row of the result of <see cref="Score"/>.</summary>
    public int Select(PanelMatrix scores, int row)
    {
        int best = 0;
        for (int area = 1; area < NumberOfAreas; area++)
        {
            if (scores[row, area] > scores[row, best])
            {
                best = area;
            }
        }

        return best;
    }
}
