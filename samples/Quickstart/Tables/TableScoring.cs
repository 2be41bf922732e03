using System.Globalization;
using CsvHelper;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Quickstart.Tables;

/// <summary>Scores a CSV file with a saved model and writes the predictions to another CSV file.</summary>
internal static class TableScoring
{
    public static int Run(FileInfo modelFile, TableOptions options)
    {
        var mlContext = new MLContext();
        (ITransformer model, DataViewSchema inputs) = ModelFile.Load(mlContext, modelFile);
        CsvTable table = CsvTable.Read(options.Data);
        CellFormat format = CellFormat.Detect(table, options.MissingMarks);
        int? label = options.Label is { } name ? table.IndexOf(name, "--label") : null;
        ColumnKind[] kinds = [.. inputs.Select(KindOf)];
        InputColumn[] columns = [.. inputs.Zip(kinds, (input, kind) => new InputColumn(input.Name, IndexOf(input), kind))];

        IDataView scored = model.Transform(TableView.Create(table, table.Rows, columns, format));
        IReadOnlyList<string> classes = TablePrediction.GetClasses(scored.Schema);
        int[] identifying = [.. Enumerable.Range(0, table.Columns.Length).Except(columns.Select(column => column.Index))];
        string path = options.OutputPath(".predictions.csv");
        int labeled = 0, correct = 0;
        using (CsvWriter writer = CsvWriter.ToFile(path))
        {
            writer.WriteRecord(
            [
                "Line",
                .. identifying.Select(index => table.Columns[index]),
                "PredictedLabel",
                .. classes.Select(name => $"Probability {name}"),
            ]);
            foreach ((CsvRow row, TablePrediction prediction) in table.Rows.Zip(TablePrediction.Read(mlContext, scored)))
            {
                writer.WriteRecord(
                [
                    row.Line.ToString(CultureInfo.InvariantCulture),
                    .. identifying.Select(index => row.Cells[index]),
                    prediction.PredictedLabel,
                    .. prediction.Score.Select(probability => probability.ToString("R", CultureInfo.InvariantCulture)),
                ]);
                if (label is { } index && !format.IsMissing(row.Cells[index]))
                {
                    labeled++;
                    correct += row.Cells[index] == prediction.PredictedLabel ? 1 : 0;
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Scored {table.Rows.Count:N0} rows. The predicted classes and probabilities are in {path}."));
        if (labeled > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Of the {labeled:N0} rows with a label, {correct:N0} are predicted correctly: {(double)correct / labeled:P2}."));
        }

        return 0;

        int IndexOf(DataViewSchema.Column input) =>
            table.IndexOf(input.Name, $"The model '{modelFile.Name}' needs a column that is missing");

        ColumnKind KindOf(DataViewSchema.Column input) => input.Type switch
        {
            NumberDataViewType { RawType: var type } when type == typeof(float) => ColumnKind.Number,
            DateTimeDataViewType => ColumnKind.Date,
            TextDataViewType => ColumnKind.Category,
            _ => throw new UserErrorException(
                $"The model '{modelFile.Name}' reads the column '{input.Name}' of type {input.Type}, which no CSV column has. "
                + "Train one with --data and --label."),
        };
    }
}
