using Microsoft.ML;
using Microsoft.ML.Data;

namespace Quickstart.Digits;

/// <summary>A handwritten digit: 8 x 8 pixels, and what was meant.</summary>
internal sealed class Digit
{
    public const int PixelCount = 64;

    [LoadColumn(0, PixelCount - 1), VectorType(PixelCount), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(PixelCount)]
    public int Label { get; set; }

    /// <summary>Where the shipped data is: beside the program.</summary>
    public static string DataPath => Path.Combine(AppContext.BaseDirectory, "data", "digits.csv");

    public static IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromTextFile<Digit>(DataPath, separatorChar: ',');
}

/// <summary>What the model says of a digit.</summary>
internal sealed class DigitPrediction
{
    /// <summary>What the model reads.</summary>
    public int PredictedLabel { get; set; }

    /// <summary>The probability of each class, in the order of the slot names of the column.</summary>
    public float[] Score { get; set; } = [];
}
