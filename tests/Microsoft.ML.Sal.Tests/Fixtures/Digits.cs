using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>The Digits set: 1,797 rows of 8 x 8 pixels, 10 classes.</summary>
internal static class Digits
{
    public static IReadOnlyList<DigitRow> Rows { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"))
            .Select(line => line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .Select(cells => new DigitRow { Features = cells[..64], Label = (uint)cells[64] }),
    ];
}

internal sealed class DigitRow
{
    [VectorType(64)]
    public float[] Features { get; set; } = [];

    [KeyType(10)]
    public uint Label { get; set; }
}
