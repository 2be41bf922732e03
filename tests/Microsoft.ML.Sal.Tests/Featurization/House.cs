using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Featurization;

/// <summary>A row of a table with columns of every type. Its label follows from its color, its size, and whether that is known.</summary>
internal sealed class House
{
    private static readonly string[] _colors = ["red", "green", "blue", ""];

    public int Id { get; set; }

    public string Code { get; set; } = "";

    public float Size { get; set; }

    public double Price { get; set; }

    public short Rooms { get; set; }

    public ulong Visits { get; set; }

    public bool Garden { get; set; }

    public TimeSpan Commute { get; set; }

    public DateTime Built { get; set; }

    public string Color { get; set; } = "";

    public string Remark { get; set; } = "";

    // 0 is missing.
    [KeyType(3)]
    public byte District { get; set; }

    [VectorType(2)]
    public float[] Light { get; set; } = [];

    public string Country { get; set; } = "";

    public float Nothing { get; set; } = float.NaN;

    [VectorType]
    public float[] Bills { get; set; } = [];

    [VectorType(2)]
    public string[] Owners { get; set; } = [];

    public DataViewRowId Row { get; set; }

    public float Weight { get; set; } = 1;

    public string Label { get; set; } = "";

    /// <summary>Creates rows; the first have the color <c>violet</c>.</summary>
    public static House[] Rows(int count = 200, int violet = 0)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                float size = random.Next(5) == 0 ? float.NaN : random.Next(40, 200);
                string color = i < violet ? "violet" : _colors[random.Next(_colors.Length)];
                return new House
                {
                    Id = 1000 + i,
                    Code = $"{random.Next():x8}",
                    Size = size,
                    Price = random.NextDouble(),
                    Rooms = (short)random.Next(1, 6),
                    Visits = (ulong)random.Next(50),
                    Garden = random.Next(2) == 0,
                    Commute = TimeSpan.FromMinutes(random.Next(60)),
                    Built = random.Next(5) == 0 ? default : new DateTime(2000 + random.Next(20), random.Next(1, 13), random.Next(1, 29)),
                    Color = color,
                    Remark = $"a {(random.Next(2) == 0 ? "fine" : "poor")} house at number {random.Next(1000)} of the street",
                    District = (byte)random.Next(0, 4),
                    Light = [random.NextSingle(), random.NextSingle()],
                    Country = "NL",
                    Bills = [random.NextSingle()],
                    Owners = ["Ann", "Bob"],
                    Row = new DataViewRowId((ulong)i, 0),
                    Label = float.IsNaN(size) ? "unknown" : color is "red" or "" ? "warm" : size > 120 ? "large" : "small",
                };
            }),
        ];
    }
}
