using Microsoft.ML;
using Microsoft.ML.Data;

namespace ScoringService.Tests;

/// <summary>A handwritten digit: 8 x 8 pixels, and what was meant.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
    public int Label { get; set; }

    public static IDataView Load(MLContext mlContext) =>
        mlContext.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',');
}
