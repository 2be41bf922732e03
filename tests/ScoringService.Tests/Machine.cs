using Microsoft.ML.Data;

namespace ScoringService.Tests;

/// <summary>A row of all kinds of columns.</summary>
internal sealed class Machine
{
    public float Temperature { get; set; }

    [VectorType(2)]
    public float[] Pressures { get; set; } = [];

    public int Speed { get; set; }

    public bool IsOld { get; set; }

    public string Material { get; set; } = "";

    public string Label { get; set; } = "";

    public static Machine[] Make(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Make(random))];
    }

    private static Machine Make(Random random)
    {
        var machine = new Machine
        {
            Temperature = 100 + 100 * random.NextSingle(),
            Pressures = [random.NextSingle(), random.NextSingle()],
            Speed = random.Next(500, 1_500),
            IsOld = random.Next(2) == 1,
            Material = random.Next(2) == 0 ? "steel" : "brass",
        };
        float wear = machine.Temperature + (machine.Material == "steel" ? 20 : 0) + (machine.IsOld ? 20 : 0);
        machine.Label = wear > 165 ? "bad \"<\u00e9>" : "good";
        return machine;
    }
}
