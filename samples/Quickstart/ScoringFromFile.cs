using System.Globalization;
using Microsoft.ML;
using Spectre.Console;

namespace Quickstart;

/// <summary>Scores rows with a saved model: all that a program in production needs.</summary>
internal static class ScoringFromFile
{
    private const int Rows = 5;

    public static int Run(FileInfo file)
    {
        if (!file.Exists)
        {
            Console.Error.WriteLine($"There is no model file '{file.FullName}'. Run the quickstart without --predict first: it saves digits.zip.");
            return 1;
        }

        var mlContext = new MLContext();
        ITransformer model;
        try
        {
            model = mlContext.Model.Load(file.FullName, out _);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or InvalidOperationException)
        {
            Console.Error.WriteLine($"'{file.FullName}' cannot be loaded as a model: {exception.Message}");
            return 1;
        }

        using var engine = mlContext.Model.CreatePredictionEngine<Digit, DigitPrediction>(model);
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Row", "Meant", "Read", "Probability");
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
