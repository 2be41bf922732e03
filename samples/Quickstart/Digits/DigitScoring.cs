using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace Quickstart.Digits;

/// <summary>Scores the first digits with a saved model.</summary>
internal static class DigitScoring
{
    private const int Rows = 5;

    public static int Run(FileInfo file)
    {
        var mlContext = new MLContext();
        (ITransformer model, DataViewSchema inputs) = ModelFile.Load(mlContext, file);
        if (inputs.GetColumnOrNull("Features")?.Type is not VectorDataViewType { Size: Digit.PixelCount })
        {
            throw new UserErrorException(
                $"'{file.FullName}' does not read digits but the columns {string.Join(", ", inputs.Select(column => column.Name))}. "
                + "Name a file that has them with --data FILE.csv.");
        }

        using var engine = mlContext.Model.CreatePredictionEngine<Digit, DigitPrediction>(model);
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Row", "Label", "Predicted", "Probability");
        IEnumerable<Digit> digits = mlContext.Data.CreateEnumerable<Digit>(Digit.Load(mlContext), reuseRowObject: false).Take(Rows);
        foreach ((int row, Digit digit) in digits.Index())
        {
            DigitPrediction prediction = engine.Predict(digit);
            table.AddRow([.. new IFormattable[] { row, digit.Label, prediction.PredictedLabel, prediction.Score.Max() }
                .Select(value => value.ToString(value is float ? "F4" : null, CultureInfo.InvariantCulture))]);
        }

        Console.WriteLine($"The first {Rows} rows, scored by {file.Name}:");
        AnsiConsole.Write(table);
        return 0;
    }
}
