using Microsoft.ML;
using Microsoft.ML.Data;

namespace Sal.Tests;

/// <summary>A handwritten digit: 8 x 8 pixels, and which digit it is.</summary>
internal sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64), ColumnName("Features")]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
    public int Label { get; set; }

    /// <summary>Gets or sets the label as a key, for a trainer with no transform before it: 1 for the digit 0.</summary>
    [LoadColumn(64), KeyType(10)]
    public uint Key { get; set; }

    /// <summary>Gets all 1,797 digits.</summary>
    public static Digit[] All { get; } = [.. new MLContext().Data.CreateEnumerable<Digit>(Load(new MLContext()), reuseRowObject: false)];

    /// <summary>Loads the file of the digits that lies beside the tests.</summary>
    public static IDataView Load(MLContext mlContext) =>
        mlContext.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',');
}
