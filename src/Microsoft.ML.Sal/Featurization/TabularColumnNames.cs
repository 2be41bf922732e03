namespace Microsoft.ML.Trainers.Sal;

/// <summary>Holds the columns that the options name: the label, those to keep out, and those whose use is given.</summary>
internal sealed class TabularColumnNames
{
    private readonly Dictionary<string, (string Option, ColumnUse Use)> _uses = [];

    /// <exception cref="ArgumentOutOfRangeException">A name is empty, or a column has two uses.</exception>
    public TabularColumnNames(TabularFeaturesEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(options.IgnoredColumnNames);
        ArgumentNullException.ThrowIfNull(options.NumericColumnNames);
        ArgumentNullException.ThrowIfNull(options.CategoricalColumnNames);
        ArgumentNullException.ThrowIfNull(options.TextColumnNames);
        CheckName(options.OutputColumnName, nameof(options.OutputColumnName));
        Label = string.IsNullOrEmpty(options.LabelColumnName) ? null : options.LabelColumnName;
        string[] label = Label is null ? [] : [Label];
        string[] weight = string.IsNullOrEmpty(options.ExampleWeightColumnName) ? [] : [options.ExampleWeightColumnName];
        Add(nameof(options.LabelColumnName), label, ColumnUse.LeftOut);
        Add(nameof(options.ExampleWeightColumnName), weight, ColumnUse.LeftOut);
        Add(nameof(options.IgnoredColumnNames), options.IgnoredColumnNames, ColumnUse.LeftOut);
        Add(nameof(options.NumericColumnNames), options.NumericColumnNames, ColumnUse.Number);
        Add(nameof(options.CategoricalColumnNames), options.CategoricalColumnNames, ColumnUse.Category);
        Add(nameof(options.TextColumnNames), options.TextColumnNames, ColumnUse.Text);
    }

    /// <summary>Gets the label column, or null.</summary>
    public string? Label { get; }

    /// <summary>Gets the use that the options give a column, or null.</summary>
    public ColumnUse? Use(string column) => _uses.TryGetValue(column, out (string, ColumnUse Use) named) ? named.Use : null;

    /// <exception cref="ArgumentOutOfRangeException">A named column is missing.</exception>
    public void Check(IEnumerable<string> columns)
    {
        string[] present = [.. columns];
        foreach ((string name, (string option, _)) in _uses.Where(use => !present.Contains(use.Key)))
        {
            string advice = option == nameof(TabularFeaturesEstimator.Options.LabelColumnName)
                ? " Name the column that the label is made of, so that it does not become a feature, or null if there is none."
                : "";
            throw new ArgumentOutOfRangeException(
                paramName: null,
                $"{option} names the column '{name}', which is missing.{advice} The data has {NameList.Columns(present)}.");
        }
    }

    /// <summary>Creates the error about a named column whose type has no such use.</summary>
    public ArgumentOutOfRangeException Unsuitable(DataViewSchema.Column column)
    {
        (string option, ColumnUse use) = _uses[column.Name];
        string suitable = use switch
        {
            ColumnUse.Number => "numbers, Booleans or text",
            ColumnUse.Category => "text, keys, numbers or Booleans",
            _ => "text",
        };
        return new ArgumentOutOfRangeException(
            paramName: null, $"{option} names the column '{column.Name}', which is {column.Type}, but must be {suitable}.");
    }

    private static void CheckName(string? name, string option)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentOutOfRangeException(option, name, $"{option} has an empty name. Set it to the name of a column.");
        }
    }

    private void Add(string option, IEnumerable<string> names, ColumnUse use)
    {
        foreach (string name in names)
        {
            CheckName(name, option);
            if (_uses.TryGetValue(name, out (string Option, ColumnUse Use) other) && other.Use != use)
            {
                throw new ArgumentOutOfRangeException(
                    option, name, $"{option} and {other.Option} both name the column '{name}'. Name it in one of them.");
            }

            _uses.TryAdd(name, (option, use));
        }
    }
}
