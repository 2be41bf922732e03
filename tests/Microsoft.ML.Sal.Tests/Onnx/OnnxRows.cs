using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Onnx;

/// <summary>Rows with numbers in two columns, a category, and a text label.</summary>
internal static class OnnxRows
{
    /// <summary>The difference allowed between scores: sums in a different order round differently.</summary>
    public const float Tolerance = 1e-5f;

    private static readonly string[] Colors = ["red", "green", "blue", "white"];

    public static Row[] Make(int count)
    {
        var random = new Random(11);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                int label = i % 3;
                float Next() => 10 * (random.NextSingle() + label);
                return new Row
                {
                    A = [Next(), Next(), Next(), Next()],
                    B = Next(),
                    Color = Colors[random.Next(Colors.Length)],
                    Label = $"class {label}",
                };
            }),
        ];
    }

    internal sealed class Row
    {
        [VectorType(2, 2)]
        public float[] A { get; set; } = [];

        public float B { get; set; }

        public string Color { get; set; } = "";

        public string Label { get; set; } = "";
    }

    internal sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
