using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Quickstart.Tables;

/// <summary>
/// Creates ML.NET's transforms from the columns of a table to one vector, "Features". Each column is replaced by its features under the
/// column's name, so that the features have names, too.
/// </summary>
internal static class FeaturePipeline
{
    private const string Features = "Features";

    // Words and parts of words that occur in fewer rows than this do not generalize.
    private const int RowsPerTerm = 10;

    public static IEstimator<ITransformer> Create(MLContext mlContext, IReadOnlyList<ColumnProfile> columns)
    {
        ILookup<ColumnKind, ColumnProfile> byKind = columns.ToLookup(column => column.Kind);
        ColumnProfile[] numbersAndDates = [.. byKind[ColumnKind.Number], .. byKind[ColumnKind.Date]];
        InputOutputColumnPair[] numbers = Pairs(numbersAndDates, column => column.Name);
        InputOutputColumnPair[] missing = Pairs(
            numbersAndDates.Where(column => column.MissingCells > 0), column => $"{column.Name} is missing");
        InputOutputColumnPair[] categories = Pairs(byKind[ColumnKind.Category], column => column.Name);

        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        foreach (ColumnProfile date in byKind[ColumnKind.Date])
        {
            // Converts units of 100 ns since the year 1 to days; zero stands for a missing date.
            pipeline = pipeline
                .Append(mlContext.Transforms.Conversion.ConvertType(date.Name, outputKind: DataKind.Double))
                .Append(mlContext.Transforms.Expression(date.Name, "x : x == 0.0 ? na(single(x)) : single(x / 864000000000.0)", date.Name));
        }

        if (missing.Length > 0)
        {
            // This must come before the means replace the missing values.
            pipeline = pipeline
                .Append(mlContext.Transforms.IndicateMissingValues(missing))
                .Append(mlContext.Transforms.Conversion.ConvertType(
                    [.. missing.Select(pair => new InputOutputColumnPair(pair.OutputColumnName))]));
        }

        if (numbers.Length > 0)
        {
            pipeline = pipeline.Append(
                mlContext.Transforms.ReplaceMissingValues(numbers, MissingValueReplacingEstimator.ReplacementMode.Mean));
        }

        if (categories.Length > 0)
        {
            // A missing or unknown category gets zeros only.
            pipeline = pipeline.Append(mlContext.Transforms.Categorical.OneHotEncoding(categories));
        }

        foreach (ColumnProfile text in byKind[ColumnKind.Text])
        {
            pipeline = pipeline
                .Append(mlContext.Transforms.Text.FeaturizeText(text.Name))
                .Append(mlContext.Transforms.FeatureSelection.SelectFeaturesBasedOnCount(text.Name, count: RowsPerTerm));
        }

        // SAL standardizes the features itself.
        IEnumerable<string> features = columns.Where(column => column.IsFeature).Select(column => column.Name);
        return pipeline.Append(mlContext.Transforms.Concatenate(Features, [.. features, .. missing.Select(pair => pair.OutputColumnName)]));
    }

    private static InputOutputColumnPair[] Pairs(IEnumerable<ColumnProfile> columns, Func<ColumnProfile, string> output) =>
        [.. columns.Select(column => new InputOutputColumnPair(output(column), column.Name))];
}
