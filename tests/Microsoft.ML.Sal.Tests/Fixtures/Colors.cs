namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>Rows with a text column to encode: its one-hot vectors are sparse.</summary>
internal static class Colors
{
    private static readonly string[] _names = ["red", "orange", "yellow", "green", "blue", "violet", "white", "black"];

    public static IReadOnlyList<ColorRow> Rows(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new ColorRow
        {
            Color = _names[i * 3 % 8],
            Size = i % 5,
            Label = i * 3 % 8 < 3 ? "warm" : "cold",
        }),
    ];
}

internal sealed class ColorRow
{
    public string Color { get; set; } = "";

    public float Size { get; set; }

    public string Label { get; set; } = "";
}
