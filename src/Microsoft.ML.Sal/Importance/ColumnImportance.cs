using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Sal.Core.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Measures how much the metrics of a model change when one of the columns that it reads is permuted.</summary>
/// <param name="catalog">The catalog that evaluates.</param>
/// <param name="model">The model, with all its transforms.</param>
/// <param name="data">The rows, before the model's transforms.</param>
/// <param name="labelColumnName">The label column of the scored rows.</param>
internal sealed class ColumnImportance(
    MulticlassClassificationCatalog catalog, ITransformer model, IDataView data, string labelColumnName)
{
    /// <summary>Measures all columns that the scores depend on.</summary>
    /// <param name="limit">The number of rows to use, or null for all.</param>
    /// <param name="permutationCount">The number of permutations of each column.</param>
    /// <param name="seed">The seed of the permutations.</param>
    public ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> Measure(int? limit, int permutationCount, int seed)
    {
        IHostEnvironment environment = CatalogUtils.GetEnvironment(catalog);
        using IChannel channel = environment.Start("PermutationFeatureImportanceByColumn");
        int rowCount = CountRows(limit ?? int.MaxValue);
        var view = new PermutableView(data, rowCount);
        IDataView scored = Transform(view);
        DataViewSchema.Column[] columns = FindColumns(view, scored, channel);
        MulticlassClassificationMetrics baseline = Evaluate(scored);
        channel.Info(
            MessageSensitivity.Schema,
            $"Permuting {columns.Length} columns of {rowCount} rows, {permutationCount} times each: "
            + $"{NameList.Quote([.. columns.Select(column => column.Name)])}.");

        // The same orders for all columns: differences between columns then owe less to chance.
        int[][] orders = [.. Enumerable.Range(0, permutationCount).Select(draw => RowSampling.GetPermutation(rowCount, seed, draw))];
        var importance = ImmutableDictionary.CreateBuilder<string, MulticlassClassificationMetricsStatistics>();
        foreach (DataViewSchema.Column column in columns)
        {
            var statistics = new MulticlassClassificationMetricsStatistics();
            ColumnValues values = Read(column, rowCount);
            foreach (int[] order in orders)
            {
                environment.CheckAlive();
                view.Permute(column.Index, values, order);
                ((IMetricsStatistics<MulticlassClassificationMetrics>)statistics).Add(Difference(Evaluate(scored), baseline));
            }

            importance.Add(column.Name, statistics);
        }

        return importance.ToImmutable();
    }

    private int CountRows(int limit)
    {
        int count = 0;
        using DataViewRowCursor cursor = data.GetRowCursor([]);
        while (count < limit && cursor.MoveNext())
        {
            count++;
        }

        return count > 0 ? count : throw new InvalidOperationException("The data has no rows: there is nothing to permute.");
    }

    private ColumnValues Read(DataViewSchema.Column column, int rowCount)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        var values = ColumnValues.Create(cursor, column);
        for (int row = 0; row < rowCount && cursor.MoveNext(); row++)
        {
            values.Read(row);
        }

        return values;
    }

    private IDataView Transform(PermutableView view)
    {
        IDataView scored;
        try
        {
            scored = model.Transform(view);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"The model cannot read the rows: {exception.Message} "
                + "Pass the rows as they are before the model's transforms, not its output.",
                exception);
        }

        Check(DefaultColumnNames.Score, "The model must be a multiclass classifier, or a pipeline that ends in one.");
        Check(labelColumnName, "Set labelColumnName to the label of the scored rows.");
        return scored;

        void Check(string column, string advice)
        {
            if (scored.Schema.GetColumnOrNull(column) is null)
            {
                throw new InvalidOperationException(
                    $"The scored rows have no column '{column}'. {advice} "
                    + $"They have {NameList.Columns(scored.Schema.Select(other => other.Name))}.");
            }
        }
    }

    private DataViewSchema.Column[] FindColumns(PermutableView view, IDataView scored, IChannel channel)
    {
        IReadOnlySet<int> sources = view.FindSources(scored, DefaultColumnNames.Score);
        IReadOnlySet<int> labelSources = view.FindSources(scored, labelColumnName);
        foreach (int shared in sources.Intersect(labelSources))
        {
            channel.Warning(
                MessageSensitivity.Schema,
                $"The model reads '{data.Schema[shared].Name}', which the label '{labelColumnName}' is made of: it is not permuted. "
                + "A feature that knows the label makes all metrics too good.");
        }

        DataViewSchema.Column[] columns = [.. sources.Except(labelSources).Order().Select(index => data.Schema[index])];
        if (columns.Length == 0)
        {
            throw new InvalidOperationException("The model reads no column of the rows besides the label: there is nothing to permute.");
        }

        foreach (DataViewSchema.Column column in columns)
        {
            if (column.Type is not (PrimitiveDataViewType or VectorDataViewType))
            {
                throw new InvalidOperationException(
                    $"The column '{column.Name}' is {column.Type}, which cannot be permuted: only values and vectors of them can. "
                    + "Put the transform that makes it, such as LoadImages, into the model.");
            }
        }

        return columns;
    }

    private MulticlassClassificationMetrics Evaluate(IDataView scored) => catalog.Evaluate(scored, labelColumnName);

    private static MulticlassClassificationMetrics Difference(
        MulticlassClassificationMetrics permuted, MulticlassClassificationMetrics baseline) => new(
            accuracyMicro: permuted.MicroAccuracy - baseline.MicroAccuracy,
            accuracyMacro: permuted.MacroAccuracy - baseline.MacroAccuracy,
            logLoss: permuted.LogLoss - baseline.LogLoss,
            logLossReduction: permuted.LogLossReduction - baseline.LogLossReduction,
            topKPredictionCount: 0,
            topKAccuracies: null,
            perClassLogLoss: [.. permuted.PerClassLogLoss.Zip(baseline.PerClassLogLoss, (after, before) => after - before)]);
}
