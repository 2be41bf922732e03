using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pipelines;

/// <summary>
/// Classifies rows of a table with numbers, categories and missing cells: which airline operated the aircraft of a wildlife strike? Each
/// category becomes indicators, and all columns form one vector. SAL scales it itself and learns from missing numbers, as LightGbm does.
/// </summary>
internal static class TabularPipeline
{
    public static void Run(int seeds)
    {
        ITransformer model = Comparison.Run("tabular.zip", seeds, Load, Transforms, [
            ("Sal", Sal),
            ("LightGbm", mlContext => mlContext.MulticlassClassification.Trainers.LightGbm()),
        ]);

        using var engine = new MLContext().Model.CreatePredictionEngine<Strike, StrikePrediction>(model);
        StrikePrediction prediction = engine.Predict(new Strike
        {
            Airport = "DALLAS/FORT WORTH INTL ARPT",
            Aircraft = "MD-80",
            Phase = "Approach",
            Size = "Small",
            TimeOfDay = "Night",
            Year = 1998,
            Month = 10,
            Speed = float.NaN, // not reported
        });
        Console.WriteLine(
            $"An MD-80 on its approach to Dallas/Fort Worth, speed unknown: {prediction.PredictedLabel} ({prediction.Score.Max():P0}).");
    }

    /// <summary>Loads the table. Without <see cref="TextLoader.Options.MissingRealsAsNaNs"/>, an empty number would be read as 0.</summary>
    public static IDataView Load(MLContext mlContext) => mlContext.Data.LoadFromTextFile<Strike>(
        Path.Combine(AppContext.BaseDirectory, "data", "strikes.csv"),
        new TextLoader.Options { Separators = [','], HasHeader = true, MissingRealsAsNaNs = true });

    /// <summary>Turns the columns of the table into the columns <c>Features</c> and <c>Label</c>.</summary>
    public static IEstimator<ITransformer> Transforms(MLContext mlContext) =>
        mlContext.Transforms.Categorical.OneHotEncoding([new("Airport"), new("Aircraft"), new("Phase"), new("Size"), new("TimeOfDay")])
            .Append(mlContext.Transforms.Concatenate(
                "Features", "Speed", "Year", "Month", "Airport", "Aircraft", "Phase", "Size", "TimeOfDay"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", "Operator"));

    /// <summary>Creates the trainer: SAL with its defaults.</summary>
    public static IEstimator<ITransformer> Sal(MLContext mlContext) => mlContext.MulticlassClassification.Trainers.Sal();

    /// <summary>Represents the report of a bird or another animal that was struck by an aircraft.</summary>
    private sealed class Strike
    {
        [LoadColumn(0)]
        public string Operator { get; set; } = "";

        /// <summary>Gets or sets the indicated airspeed in knots; NaN if it was not reported.</summary>
        [LoadColumn(1)]
        public float Speed { get; set; }

        [LoadColumn(2)]
        public float Year { get; set; }

        [LoadColumn(3)]
        public float Month { get; set; }

        [LoadColumn(4)]
        public string Airport { get; set; } = "";

        [LoadColumn(5)]
        public string Aircraft { get; set; } = "";

        [LoadColumn(6)]
        public string Phase { get; set; } = "";

        [LoadColumn(7)]
        public string Size { get; set; } = "";

        [LoadColumn(8)]
        public string TimeOfDay { get; set; } = "";
    }

    private sealed class StrikePrediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
