using Microsoft.ML;
using Microsoft.ML.Data;

namespace Quickstart;

/// <summary>A handwritten digit: 8 x 8 pixels, and what was meant.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
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
