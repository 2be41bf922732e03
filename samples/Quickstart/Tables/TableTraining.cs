using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Trainers.Sal;
using Spectre.Console;

namespace Quickstart.Tables;

/// <summary>Runs the whole cycle on the user's own CSV file: analyze the columns, split, train, evaluate, save, load, score.</summary>
internal static class TableTraining
{
    private const int ShownRows = 5;

    public static int Run(TableOptions options)
    {
        CsvTable table = CsvTable.Read(options.Data);
        CellFormat format = CellFormat.Detect(table, options.MissingMarks);
        LabelColumn? label = options.Label is null ? null : LabelColumn.Find(table, options.Label, format);
        IReadOnlyList<ColumnProfile> columns = new ColumnAnalysis(table, format).Analyze(label, options.Ignored);
        ColumnOverview.Show(table, format, columns);
        if (label is null)
        {
            throw new UserErrorException("Name the column to predict with --label.");
        }

        ColumnProfile[] features = [.. columns.Where(column => column.IsFeature)];
        if (features.Length == 0)
        {
            throw new UserErrorException($"'{table.File.Name}' has no column to predict '{label.Name}' from: all others are left out.");
        }

        string modelPath = options.OutputPath(".zip"), reportPath = Path.ChangeExtension(modelPath, ".html");
        var mlContext = new MLContext(seed: 1);
        var split = new TableSplit(mlContext, label);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training on {split.Training.Count:N0} rows; testing on {split.Test.Count:N0}: "
            + $"a stratified fifth, drawn at random within each class."));
        if (label.Profile.MissingCells > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Rows without a label, left out: {label.Profile.MissingCells:N0}."));
        }

        ColumnProfile[] featuresAndLabel = [.. features, label.Profile];
        var experiment = new TableExperiment(
            mlContext, features, label, View(split.Training, featuresAndLabel), View(split.Test, featuresAndLabel));
        Contender sal = experiment.TrainSal();
        mlContext.Model.Save(sal.Model, View([], features).Schema, modelPath);
        SalReport.WriteHtml(reportPath, ModelFile.GetParameters(sal.Model), sal.Metrics);

        ContenderTable.Show(options.ComparesWithLightGbm ? [sal, experiment.TrainLightGbm()] : [sal], label, split);
        Console.WriteLine($"The report (curves, areas, confusion matrix) is {reportPath}: open it in a browser.");

        CsvRow[] rows = [.. split.Test.Take(ShownRows)];
        Console.WriteLine($"The model is saved as {modelPath}. Loaded back, it scores the first {rows.Length} test rows:");
        ITransformer loaded = ModelFile.Load(mlContext, new FileInfo(modelPath)).Model;
        ShowRows(label, rows, TablePrediction.Read(mlContext, loaded.Transform(View(rows, features))));
        Console.WriteLine($"To score other rows: --predict {Path.GetFileName(modelPath)} --data FILE.csv");
        return 0;

        IDataView View(IEnumerable<CsvRow> rows, IEnumerable<InputColumn> columns) =>
            TableView.Create(table, rows, columns, format);
    }

    private static void ShowRows(LabelColumn label, IEnumerable<CsvRow> rows, IEnumerable<TablePrediction> predictions)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Line", label.Name.EscapeMarkup(), "Predicted", "Probability");
        foreach ((CsvRow row, TablePrediction prediction) in rows.Zip(predictions))
        {
            table.AddRow(
                new Text(row.Line.ToString(CultureInfo.InvariantCulture)),
                new Text(row.Cells[label.Index]),
                new Text(prediction.PredictedLabel),
                new Text(prediction.Score.Max().ToString("F4", CultureInfo.InvariantCulture)));
        }

        AnsiConsole.Write(table);
    }
}
