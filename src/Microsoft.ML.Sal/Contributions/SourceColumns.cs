using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Finds the columns that the slots of a feature vector are made of: a slot is named after its column, such as <c>Color.red</c>, or has a
/// place in a concatenation; the pipeline tells what that column is made of in turn.
/// </summary>
internal sealed class SourceColumns
{
    private readonly HashSet<string> _columns; // of the rows with the features
    private readonly Func<string, string[]> _sourcesOf; // what a column of these rows is made of
    private readonly string[] _concatenated = []; // per slot, the column that it was before the concatenation; empty if there was none
    private readonly Dictionary<string, string[]> _known = [];

    /// <param name="schema">The schema of the rows with the features.</param>
    /// <param name="featureColumnName">The name of the features.</param>
    /// <param name="steps">The transforms that make the features.</param>
    /// <param name="input">The schema of the rows before these transforms; null if it is not known.</param>
    /// <exception cref="ArgumentException">The transforms cannot read such rows.</exception>
    public SourceColumns(DataViewSchema schema, string featureColumnName, IReadOnlyList<ITransformer> steps, DataViewSchema? input)
    {
        _columns = [.. schema.Select(column => column.Name)];
        _sourcesOf = static column => [column];
        if (input is null || steps.Count == 0 || !steps.All(step => step.IsRowToRowMapper))
        {
            return;
        }

        try
        {
            _sourcesOf = Trace(steps, input);
            _concatenated = FindConcatenated(steps, input, featureColumnName);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"The model cannot read rows of the input schema: {exception.Message} Pass the schema of the rows as they are before the "
                + "model's transforms.",
                nameof(input),
                exception);
        }
    }

    /// <summary>Gets whether the features are known to be made of other columns.</summary>
    public bool Know(string featureColumnName) => SourcesOf(featureColumnName) is not [var only] || only != featureColumnName;

    /// <summary>Finds the column that a slot is made of.</summary>
    /// <param name="featureColumnName">The name of the features.</param>
    /// <param name="slot">The place of the slot, from 0.</param>
    /// <param name="name">The name of the slot; empty if it has none.</param>
    /// <returns>The column, or the name of the slot if it leads to none.</returns>
    public string Find(string featureColumnName, int slot, string name)
    {
        string? column = LongestPrefix(name, _columns);
        if (column is null && slot < _concatenated.Length)
        {
            return _concatenated[slot];
        }

        string[] sources = SourcesOf(column ?? featureColumnName);
        if (sources is [var only])
        {
            // Features that are an input column: the names of their slots are all that is known.
            return column is null && only == featureColumnName && name.Length > 0 ? name : only;
        }

        // Of a column made of several, the rest of the name may lead to one of them.
        string rest = column is not null && name.StartsWith($"{column}.", StringComparison.Ordinal) ? name[(column.Length + 1)..] : name;
        return LongestPrefix(rest, sources) ?? column ?? (name.Length > 0 ? name : featureColumnName);
    }

    // The column whose name is the whole name of a slot, or the longest part of it before a dot.
    private static string? LongestPrefix(string name, ICollection<string> columns)
    {
        for (int end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
        {
            if (columns.Contains(name[..end]))
            {
                return name[..end];
            }
        }

        return null;
    }

    private string[] SourcesOf(string column)
    {
        if (!_known.TryGetValue(column, out string[]? sources))
        {
            sources = _known[column] = _sourcesOf(column);
        }

        return sources;
    }

    // Gets what a column is made of, after some transforms.
    private static Func<string, string[]> Trace(IEnumerable<ITransformer> steps, DataViewSchema input)
    {
        IRowToRowMapper mapper = ((ITransformer)new TransformerChain<ITransformer>([.. steps])).GetRowToRowMapper(input);
        return column => mapper.OutputSchema.GetColumnOrNull(column) is { } output
            && mapper.GetDependencies([output]).Select(source => source.Name).Distinct().ToArray() is { Length: > 0 } sources
                ? sources
                : [column];
    }

    private static string[] FindConcatenated(IReadOnlyList<ITransformer> steps, DataViewSchema input, string featureColumnName)
    {
        string[] concatenated = [];
        DataViewSchema schema = input;
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is ColumnConcatenatingTransformer concatenation
                && concatenation.Columns.FirstOrDefault(pair => pair.outputColumnName == featureColumnName).inputColumnNames is { } columns)
            {
                // Columns in between may be dropped afterwards.
                Func<string, string[]> sourcesOf = i == 0 ? static column => [column] : Trace(steps.Take(i), input);
                concatenated = [.. columns.SelectMany(column => Enumerable.Repeat(Single(column), SizeOf(schema[column])))];
                string Single(string column) => sourcesOf(column) is [var only] ? only : column;
            }

            schema = steps[i].GetOutputSchema(schema);
        }

        return concatenated.Length == SizeOf(schema[featureColumnName]) ? concatenated : [];
    }

    private static int SizeOf(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;
}
