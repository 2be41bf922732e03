using Microsoft.ML;
using Microsoft.ML.Data;

namespace ScoringService.Models;

/// <summary>Lists the columns that a prediction needs, out of all those that the pipeline was trained with.</summary>
internal sealed class InputLayout
{
    private readonly Dictionary<string, int> _indices;

    /// <param name="schema">The saved schema of the pipeline's input.</param>
    /// <param name="needed">The columns that the prediction depends on.</param>
    /// <exception cref="InvalidDataException">The values of a column cannot be given in JSON.</exception>
    public InputLayout(DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed)
    {
        Schema = schema;
        int[] sizes = new int[3];
        List<InputColumn> columns = [];
        foreach (DataViewSchema.Column column in needed.OrderBy(column => column.Index))
        {
            InputKind kind = InputColumn.KindOf(column.Type) ?? throw new InvalidDataException(
                $"The model needs the column '{column.Name}' of type {column.Type}, which cannot be given in JSON. "
                + "Train it on numbers, texts or vectors of known size.");
            var input = new InputColumn(column.Name, column.Type, kind, sizes[(int)kind]);
            sizes[(int)kind] = checked(sizes[(int)kind] + input.Size);
            columns.Add(input);
        }

        Columns = columns;
        SingleCount = sizes[(int)InputKind.Single];
        DoubleCount = sizes[(int)InputKind.Double];
        TextCount = sizes[(int)InputKind.Text];
        _indices = columns.Index().ToDictionary(column => column.Item.Name, column => column.Index);
        AllSingles = SingleCount > 0 && DoubleCount == 0 && TextCount == 0
            ? new InputColumn("", new VectorDataViewType(NumberDataViewType.Single, SingleCount), InputKind.Single, 0)
            : null;
    }

    /// <summary>Gets the schema of the pipeline's input.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>Gets the columns that a row must have, in the order of the schema.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>
    /// Gets all columns as one unnamed vector, for rows that are given as an array; null if not all columns are of type Single.
    /// </summary>
    public InputColumn? AllSingles { get; }

    /// <summary>Gets the number of values per row that are stored as <see cref="InputKind.Single"/>.</summary>
    public int SingleCount { get; }

    /// <summary>Gets the number of values per row that are stored as <see cref="InputKind.Double"/>.</summary>
    public int DoubleCount { get; }

    /// <summary>Gets the number of values per row that are stored as <see cref="InputKind.Text"/>.</summary>
    public int TextCount { get; }

    /// <summary>Finds a column's index in <see cref="Columns"/>.</summary>
    public bool TryFind(string name, out int index) => _indices.TryGetValue(name, out index);
}
