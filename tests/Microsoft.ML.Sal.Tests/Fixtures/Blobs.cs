using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>Small sets that any trainer learns at once: three well-separated clouds of points in three dimensions.</summary>
internal static class Blobs
{
    public const int FeatureCount = 3;
    public const int ClassCount = 3;

    private static readonly float[][] _centers = [[2, 0, -1], [-2, 1, 0], [0, -2, 2]];

    /// <summary>Creates rows of the classes 0, 1, 2 in turn.</summary>
    public static IReadOnlyList<LabeledRow<TLabel>> Rows<TLabel>(int count, Func<int, TLabel> label, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new LabeledRow<TLabel>
            {
                Features = [.. _centers[i % ClassCount].Select(x => x + (random.NextSingle() - 0.5f))],
                Label = label(i % ClassCount),
            }),
        ];
    }

    public static IReadOnlyList<LabeledRow<string>> Rows(int count = 90, int seed = 1) => Rows(count, Name, seed);

    public static string Name(int classIndex) => ((string[])["red", "green", "blue"])[classIndex];

    /// <summary>Creates a data view of the rows whose Label is a key.</summary>
    public static IDataView View<TLabel>(MLContext mlContext, IEnumerable<LabeledRow<TLabel>> rows)
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(rows);
        return mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    public static IDataView View(MLContext mlContext, int count = 90) => View(mlContext, Rows(count));

    /// <summary>The rows as a data view whose Label is a key without values.</summary>
    public static IDataView UnnamedView(MLContext mlContext, int count = 90) => mlContext.Data.LoadFromEnumerable(
        Rows(count, i => i).Select(row => new UnnamedRow { Features = row.Features, Label = (uint)row.Label }));

    /// <summary>Writes rows as a text file with a header: two columns for A, one for B, and Label.</summary>
    public static void WriteFile(string path, IEnumerable<LabeledRow<string>> rows) => File.WriteAllLines(
        path,
        rows.Select(row => string.Join(',', row.Features.Select(x => x.ToString("R", CultureInfo.InvariantCulture))) + "," + row.Label)
            .Prepend("A0,A1,B,Label"));
}

/// <summary>A row with three features.</summary>
internal sealed class LabeledRow<TLabel>
{
    [VectorType(Blobs.FeatureCount)]
    public float[] Features { get; set; } = [];

    public required TLabel Label { get; set; }

    public float Weight { get; set; } = 1;
}

/// <summary>A row of three features whose label is a key without values.</summary>
internal sealed class UnnamedRow
{
    [VectorType(Blobs.FeatureCount)]
    public float[] Features { get; set; } = [];

    [KeyType(Blobs.ClassCount)]
    public uint Label { get; set; }
}

/// <summary>The output of a pipeline without MapKeyToValue.</summary>
internal sealed class Prediction
{
    public uint PredictedLabel { get; set; }

    public float[] Score { get; set; } = [];
}
