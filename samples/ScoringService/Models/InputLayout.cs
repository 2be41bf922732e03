using Microsoft.ML;

namespace ScoringService.Models;

/// <summary>The columns that a prediction needs, of all those that the pipeline was trained with.</summary>
internal sealed class InputLayout
{
    private readonly byte[][] _names;

    /// <param name="schema">The saved schema of the pipeline's input.</param>
    /// <param name="needed">The columns of it that the prediction depends on.</param>
    /// <exception cref="InvalidDataException">A column's values cannot be given in JSON.</exception>
    public InputLayout(DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed)
    {
        Schema = schema;
        int[] sizes = new int[3];
        List<InputColumn> columns = [];
        foreach (DataViewSchema.Column column in needed.OrderBy(column => column.Index))
        {
            InputKind kind = InputColumn.KindOf(column.Type)
                ?? throw new InvalidDataException($"The model needs the column '{column.Name}' of type {column.Type}, which cannot be given in JSON. Train it on numbers, texts or vectors of known size.");
            var input = new InputColumn(column.Name, column.Type, kind, sizes[(int)kind]);
            sizes[(int)kind] = checked(sizes[(int)kind] + input.Size);
            columns.Add(input);
        }

        Columns = columns;
        SingleCount = sizes[(int)InputKind.Single];
        DoubleCount = sizes[(int)InputKind.Double];
        TextCount = sizes[(int)InputKind.Text];
        _names = [.. columns.Select(column => System.Text.Encoding.UTF8.GetBytes(column.Name))];
    }

    /// <summary>The schema of the pipeline's input.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The columns to give, in the order of the schema.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>The values of a row that are kept as <see cref="InputKind.Single"/>.</summary>
    public int SingleCount { get; }

    /// <summary>The values of a row that are kept as <see cref="InputKind.Double"/>.</summary>
    public int DoubleCount { get; }

    /// <summary>The values of a row that are kept as <see cref="InputKind.Text"/>.</summary>
    public int TextCount { get; }

    /// <summary>Whether a row may be given as one array of all its numbers, without names.</summary>
    public bool IsVector => DoubleCount == 0 && TextCount == 0;

    /// <summary>The place of a column among <see cref="Columns"/>; -1 if it is not needed.</summary>
    public int IndexOf(ref System.Text.Json.Utf8JsonReader name)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (name.ValueTextEquals(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
