using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads rows of a table once, in memory that does not grow with their number beyond a limit, and decides on columns.</summary>
/// <param name="host">The host, which can cancel.</param>
/// <param name="names">The columns that the options name.</param>
/// <param name="options">The options.</param>
internal sealed class TableInspection(IHost host, TabularColumnNames names, TabularFeaturesEstimator.Options options)
{
    private const int RowsPerCheck = 1024;

    /// <summary>Decides on each column that is not kept out by name.</summary>
    /// <param name="input">The rows, with the text of columns that are to be categories.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type of a named column does not have the use that is asked for.</exception>
    public IReadOnlyList<ColumnPlan> Inspect(TableView input)
    {
        DataViewSchema.Column[] columns =
            [.. input.Original.Where(column => !column.IsHidden && names.Use(column.Name) != ColumnUse.LeftOut)];
        DataViewSchema.Column? label = names.Label is null ? null : input.Rows.Schema[names.Label];
        if (label?.Type is VectorDataViewType)
        {
            label = null;
        }

        IEnumerable<DataViewSchema.Column> read = columns.Select(input.Readable).Concat(label is { } one ? [one] : []);
        using DataViewRowCursor cursor = input.Rows.GetRowCursor(read);
        ColumnCodes? labels = label is { } column ? ColumnCodes.Create(cursor, column) : null;
        ColumnSummary[] summaries = [.. columns.Select(column => Summary(cursor, column, input.Readable(column)))];
        for (long row = 0; row < options.MaximumRowsToInspect && cursor.MoveNext(); row++)
        {
            if (row % RowsPerCheck == 0)
            {
                host.CheckAlive();
            }

            int code = labels?.Read() ?? -1;
            if (code == labels?.MissingCode)
            {
                code = -1;
            }

            foreach (ColumnSummary summary in summaries)
            {
                summary.Look(code);
            }
        }

        return [.. summaries.Select(summary => summary.Decide(names.Use(summary.Column.Name) is not null, names.Label))];
    }

    private ColumnSummary Summary(DataViewRow row, DataViewSchema.Column column, DataViewSchema.Column readable) =>
        (readable.Type, names.Use(column.Name)) switch
        {
            (TextDataViewType, var use) => new TextSummary(row, column, readable, options.MinimumRowsPerCategory) { Use = use },
            (KeyDataViewType { Count: > 0 }, null or ColumnUse.Category) => new KeySummary(row, column),
            (NumberDataViewType or BooleanDataViewType or TimeSpanDataViewType, null or ColumnUse.Number) => new NumberSummary(row, column),
            (VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType or BooleanDataViewType }, null or ColumnUse.Number) =>
                new VectorSummary(row, column),
            (DateTimeDataViewType or DateTimeOffsetDataViewType, null) => new DateSummary(row, column),
            (_, not null) => throw names.Unsuitable(column),
            _ => new UnusableColumn(column),
        };
}
