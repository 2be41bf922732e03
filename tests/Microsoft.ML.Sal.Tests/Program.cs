using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests;

/// <summary>
/// A process that gets a saved model and rows to score, and never touches the trainer: <c>score model.zip rows.csv scores.txt</c>.
/// Nothing here may refer to a type of Microsoft.ML.Sal.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args is not ["score", string modelPath, string rowsPath, string scoresPath])
        {
            Console.Error.WriteLine("Usage: score model.zip rows.csv scores.txt");
            return 2;
        }

        if (AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "Microsoft.ML.Sal"))
        {
            Console.Error.WriteLine("The trainer's assembly was loaded before the model asked for it.");
            return 3;
        }

        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelPath, out _);
        File.WriteAllLines(scoresPath, Score(mlContext, model, rowsPath));
        return 0;
    }

    /// <summary>Formats each row as a line: the predicted label and the bits of the scores.</summary>
    public static IReadOnlyList<string> Score(MLContext mlContext, ITransformer model, string rowsPath)
    {
        IDataView scored = model.Transform(Load(mlContext, rowsPath));
        return
        [
            .. mlContext.Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: false).Select(row =>
                $"{row.PredictedLabel} {string.Join(' ', row.Score.Select(Bits))}"),
        ];

        static string Bits(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>Loads the columns A (two features), B (one feature) and Label.</summary>
    public static IDataView Load(MLContext mlContext, string rowsPath) =>
        mlContext.Data.LoadFromTextFile<FileRow>(rowsPath, separatorChar: ',', hasHeader: true);

    private sealed class FileRow
    {
        [LoadColumn(0, 1)]
        [VectorType(2)]
        public float[] A { get; set; } = [];

        [LoadColumn(2)]
        public float B { get; set; }

        [LoadColumn(3)]
        public string Label { get; set; } = "";
    }

    private sealed class ScoredRow
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
