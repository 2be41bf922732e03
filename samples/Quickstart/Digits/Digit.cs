using Microsoft.ML;
using Microsoft.ML.Data;

namespace Quickstart.Digits;

/// <summary>Represents a handwritten digit: 8 x 8 pixels and the digit that was written.</summary>
internal sealed class Digit
{
    public const int PixelCount = 64;

    [LoadColumn(0, PixelCount - 1), VectorType(PixelCount), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(PixelCount)]
    public int Label { get; set; }

    /// <summary>Gets the path of the shipped data, next to the program.</summary>
    public static string DataPath => Path.Combine(AppContext.BaseDirectory, "data", "digits.csv");

    public static IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromTextFile<Digit>(DataPath, separatorChar: ',');
}

/// <summary>Represents the model's prediction for a digit.</summary>
internal sealed class DigitPrediction
{
    /// <summary>Gets or sets the predicted digit.</summary>
    public int PredictedLabel { get; set; }

    /// <summary>Gets or sets the probability of each class, in the order of the column's slot names.</summary>
    public float[] Score { get; set; } = [];
}
