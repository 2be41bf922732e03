using Microsoft.ML;
using Microsoft.ML.Data;

namespace Sweep;

/// <summary>Represents a handwritten digit: 8 x 8 pixels and the digit that was written.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
    public int Label { get; set; }

    /// <summary>Loads the digits next to the program. They are cached, because every trial reads them again.</summary>
    public static IDataView Load(MLContext mlContext)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "data", "digits.csv");
        return mlContext.Data.Cache(mlContext.Data.LoadFromTextFile<Digit>(path, separatorChar: ','));
    }
}
