using Microsoft.ML;

namespace Pipelines;

/// <summary>Numbers and categories: categories become indicators, all columns become one vector. SAL standardises it by itself.</summary>
internal static class TabularPipeline
{
    public static void Run()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Machine.Make(6_000));

        var pipeline = mlContext.Transforms.Categorical.OneHotEncoding([new("MaterialSlots", "Material"), new("ShiftSlots", "Shift")])
            .Append(mlContext.Transforms.Concatenate("Features", "Temperature", "Pressure", "Speed", "MaterialSlots", "ShiftSlots"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.Sal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = Evaluation.TrainAndSave(mlContext, pipeline, data, "tabular.zip");

        using PredictionEngine<Machine, MachinePrediction> engine = mlContext.Model.CreatePredictionEngine<Machine, MachinePrediction>(model);
        MachinePrediction prediction = engine.Predict(new Machine { Temperature = 185, Pressure = 2.1f, Speed = 900, Material = "brass", Shift = "night" });
        Console.WriteLine($"A hot machine on the night shift: {prediction.PredictedLabel} ({prediction.Score.Max():P0}).");
    }

    /// <summary>A made-up machine and the grade of what it makes.</summary>
    private sealed class Machine
    {
        private static readonly string[] _materials = ["steel", "brass", "copper", "nylon"];
        private static readonly string[] _shifts = ["morning", "evening", "night"];

        public float Temperature { get; set; }

        public float Pressure { get; set; }

        public float Speed { get; set; }

        public string Material { get; set; } = "";

        public string Shift { get; set; } = "";

        public string Label { get; set; } = "";

        public static Machine[] Make(int count)
        {
            var random = new Random(1);
            return [.. Enumerable.Range(0, count).Select(_ => Make(random))];
        }

        // Good within an ellipse of temperature and pressure that depends on the material: nothing that a linear model separates.
        private static Machine Make(Random random)
        {
            int material = random.Next(_materials.Length), shift = random.Next(_shifts.Length);
            float temperature = 100 + 100 * random.NextSingle(), pressure = 1 + 2 * random.NextSingle(), speed = 500 + 1_000 * random.NextSingle();
            double distance = double.Hypot((temperature - 130 - 12 * material) / 40, (pressure - 2) / 0.8) + 0.05 * shift + 0.04 * (random.NextDouble() - 0.5);
            return new Machine
            {
                Temperature = temperature,
                Pressure = pressure,
                Speed = speed,
                Material = _materials[material],
                Shift = _shifts[shift],
                Label = distance < 0.5 ? "good" : distance < 0.9 ? "fair" : "waste",
            };
        }
    }

    private sealed class MachinePrediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
