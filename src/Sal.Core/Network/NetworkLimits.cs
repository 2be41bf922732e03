using Sal.Core.Numerics;
using Sal.Core.Training;

namespace Sal.Core.Network;

/// <summary>The limits on the size of a network, which apply to options, training rows and model files.</summary>
internal static class NetworkLimits
{
    public const int Features = 1 << 24;
    public const int Classes = 1 << 24;
    public const int HiddenUnits = 1 << 16;
    public const int Layers = 1 << 10;
    public const int Areas = 1 << 16;

    /// <summary>Checks that a model file can hold the inputs of a network.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public static void CheckInputs(int count)
    {
        if (count > Features)
        {
            throw new InvalidOperationException(
                $"The network would have {count} inputs, of which a model can have {Features}. Set "
                + $"{nameof(SalTrainingOptions.ThresholdsPerFeature)} lower, or use fewer features.");
        }
    }

    /// <summary>Rejects a network that does not fit into memory, before anything is allocated for it.</summary>
    /// <param name="hasFeedback">Whether each area has feedback.</param>
    /// <param name="routingWidth">The number of directions of the router.</param>
    /// <param name="momentCount">The number of moments that the optimizer keeps per parameter; 0 for a network that only scores.</param>
    /// <param name="rows">The number of rows per mini-batch.</param>
    /// <exception cref="InsufficientMemoryException">
    /// The network needs more than an array can hold, or more than the machine or its container has.
    /// </exception>
    public static void CheckMemory(NetworkShape shape, bool hasFeedback, int routingWidth, int momentCount, int rows)
    {
        double floats = (double)routingWidth * (shape.InputWidth + shape.NumberOfAreas);
        Add("the router's directions", shape.InputWidth, "inputs", shape.NumberOfAreas, "areas", 1);
        for (int layer = 0; layer < Math.Min(2, shape.NumberOfLayers); layer++)
        {
            double like = layer == 0 ? 1 : shape.NumberOfLayers - 1;
            double copies = like * shape.AreaCount(layer) * (1 + momentCount);
            Add(
                "the weights of a layer", shape.InputCount(layer), layer == 0 ? "inputs" : "hidden units",
                shape.HiddenUnits, "hidden units", copies);
            Add(
                "the readout of a layer", shape.ClassCount, "classes", shape.HiddenUnits, "hidden units",
                copies + (hasFeedback ? like * shape.AreaCount(layer) : 0));
            Add("the outputs of a layer", rows, "rows", shape.HiddenUnits, "hidden units", momentCount == 0 ? 1 : 2 * like);
        }

        Add("the probabilities", rows, "rows", shape.ClassCount, "classes", 1);
        if (!shape.IsSparse)
        {
            Add("the inputs", rows, "rows", shape.InputWidth, "inputs", 1);
        }

        double needed = floats * sizeof(float), present = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > present)
        {
            throw TooLarge($"it needs {InGigabytes(needed)}, but only {InGigabytes(present)} are available");
        }

        void Add(string what, int rows, string rowUnit, int columns, string columnUnit, double count)
        {
            long length = PanelMatrix.PaddedLength(rows, columns);
            floats += count * length;
            if (length > PanelMatrix.MaximumLength)
            {
                throw TooLarge($"{what}, {rows} {rowUnit} x {columns} {columnUnit}, are more than the "
                    + $"{PanelMatrix.MaximumLength} values of a matrix");
            }
        }
    }

    private static string InGigabytes(double bytes) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / (1 << 30):#,0.0} GiB");

    private static InsufficientMemoryException TooLarge(string what) => new(
        $"The network is too large: {what}. Use fewer hidden units, layers, areas, rows per mini-batch, features or classes.");
}
