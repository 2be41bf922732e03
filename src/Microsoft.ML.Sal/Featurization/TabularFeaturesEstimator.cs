using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Decides from the rows how each column of a table becomes features, and puts them into one vector. The result is a chain of ML.NET's own
/// transformers.
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// To create this estimator, use `mlContext.Transforms.TabularFeatures`.
///
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes |
/// | Input column data type | any |
/// | Output column data type | known-size vector of `Single` |
/// | Exportable to ONNX | Yes, unless a column is a date, text whose words are counted, or text that holds numbers and empty cells |
///
/// Numbers and Booleans are taken as they are, text with few values and keys become indicators, of text with many words the words and parts
/// of words are counted, dates are split into parts, and vectors of numbers are taken as they are. Left out are constant columns,
/// identifiers, columns that tell the label in every row, and types that have no such use. The log names the use of every column, and a
/// warning lists those left out, with the reason.
/// ]]></format>
/// </remarks>
public sealed partial class TabularFeaturesEstimator : IEstimator<TransformerChain<ITransformer>>
{
    internal const int DefaultMinimumRowsPerCategory = 3;
    internal const long DefaultMaximumRowsToInspect = 1_000_000;

    private readonly IHost _host;
    private readonly TransformsCatalog _catalog;
    private readonly TabularColumnNames _names;
    private readonly Options _options;

    internal TabularFeaturesEstimator(IHostEnvironment environment, TransformsCatalog catalog, Options options)
    {
        _host = environment.Register(nameof(TabularFeaturesEstimator));
        _catalog = catalog;
        _names = new TabularColumnNames(options);
        _options = new Options
        {
            OutputColumnName = options.OutputColumnName,
            ReplaceMissingValues = options.ReplaceMissingValues,
            MinimumRowsPerCategory = Positive(options.MinimumRowsPerCategory, nameof(options.MinimumRowsPerCategory)),
            MaximumRowsToInspect = Positive(options.MaximumRowsToInspect, nameof(options.MaximumRowsToInspect)),
        };
    }

    /// <summary>Decides how each column becomes features, and creates the transformers.</summary>
    /// <param name="input">The rows of the table.</param>
    /// <returns>The transformers, which are ML.NET's own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing, or its type has no such use.</exception>
    /// <exception cref="InvalidOperationException">No column is left to make features of.</exception>
    public TransformerChain<ITransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _names.Check(input.Schema.Select(column => column.Name));
        using IChannel channel = _host.Start(nameof(Fit));
        var transforms = new TabularTransforms(_catalog, _host, _options, input.Schema);
        IReadOnlyList<ColumnPlan> plans = new TableInspection(_host, _names, _options).Inspect(transforms.CategoriesAsText(input, _names));
        var log = new TabularLog(_options.OutputColumnName, plans);
        log.Write(channel);
        ColumnPlan[] used = [.. plans.Where(plan => plan.Use != ColumnUse.LeftOut)];
        return used.Length > 0 ? transforms.Fit(input, used) : throw new InvalidOperationException(log.NothingLeft);
    }

    /// <summary>Gets the schema of the transformed rows. The size of the vector is known after <see cref="Fit"/> only.</summary>
    /// <param name="inputSchema">The schema of the table.</param>
    /// <returns>The schema with the vector of features.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A named column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _names.Check(inputSchema.Select(column => column.Name));
        var slotNames = new SchemaShape.Column(
            AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        var features = new SchemaShape.Column(
            _options.OutputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
            new SchemaShape([slotNames]));
        return new SchemaShape([.. inputSchema.Where(column => column.Name != _options.OutputColumnName), features]);
    }

    private static T Positive<T>(T value, string option)
        where T : struct, IComparable<T> =>
        value.CompareTo(default) > 0
            ? value
            : throw new ArgumentOutOfRangeException(option, value, $"{option} is {value}, but must be 1 or more.");
}
