using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Creates ML.NET's transforms from the columns of a table to the vector of features. What they need in between is in columns that the last
/// transform drops, so that all columns of the table stay.
/// </summary>
internal sealed class TabularTransforms
{
    private const string Missing = "(missing)", Other = "(other)";

    // Words and parts of words that occur in fewer rows do not generalize.
    private const int RowsPerTerm = 5;

    private readonly TransformsCatalog _catalog;
    private readonly IHostEnvironment _environment;
    private readonly TabularFeaturesEstimator.Options _options;
    private readonly string _prefix;

    // First all conversions of one kind together, then the transforms of single columns, then again those of many columns.
    private readonly List<InputOutputColumnPair> _toText = [], _toSingle = [], _toKey = [], _toDate = [], _toTicks = [];
    private readonly List<IEstimator<ITransformer>> _ofColumns = [];
    private readonly List<InputOutputColumnPair> _toIndicators = [], _isMissing = [], _filled = [];
    private readonly List<(string Column, string Alias)> _features = [];
    private readonly HashSet<string> _temporary = [];

    public TabularTransforms(
        TransformsCatalog catalog, IHostEnvironment environment, TabularFeaturesEstimator.Options options, DataViewSchema schema)
    {
        (_catalog, _environment, _options) = (catalog, environment, options);
        _prefix = options.OutputColumnName + ":";
        while (schema.Any(column => column.Name.StartsWith(_prefix, StringComparison.Ordinal)))
        {
            _prefix += ":";
        }
    }

    /// <summary>Adds the text of columns that are to be categories, but are not text or keys.</summary>
    public TableView CategoriesAsText(IDataView input, TabularColumnNames names)
    {
        IEnumerable<DataViewSchema.Column> categories =
            input.Schema.Where(column => !column.IsHidden && names.Use(column.Name) == ColumnUse.Category);
        _toText.AddRange(
            from column in categories
            where column.Type is NumberDataViewType or BooleanDataViewType
            select new InputOutputColumnPair(Temporary(column.Name, "text"), column.Name));

        IDataView rows = _toText.Count > 0 ? Convert(_toText, DataKind.String).Fit(input).Transform(input) : input;
        return new TableView(rows, input.Schema, _toText.ToDictionary(pair => pair.InputColumnName, pair => pair.OutputColumnName));
    }

    /// <summary>Fits the transforms.</summary>
    /// <param name="input">The rows of the table.</param>
    /// <param name="plans">The columns to use, at least one.</param>
    public TransformerChain<ITransformer> Fit(IDataView input, IReadOnlyList<ColumnPlan> plans)
    {
        foreach (ColumnPlan plan in plans)
        {
            Add(plan);
        }

        var estimators = new EstimatorChain<ITransformer>();
        foreach (IEstimator<ITransformer> estimator in (IEnumerable<IEstimator<ITransformer>>)
            [.. Conversions(), .. _ofColumns, .. Indicators(), .. Replacements()])
        {
            estimators = estimators.Append(estimator);
        }

        // ML.NET's public Concatenate names the slots after the columns in between.
        TransformerChain<ITransformer> chain = estimators.Fit(input).Append<ITransformer>(new ColumnConcatenatingTransformer(
            _environment, new ColumnConcatenatingTransformer.ColumnOptions(_options.OutputColumnName, _features)));
        return _temporary.Count == 0
            ? chain
            : chain.Append<ITransformer>(_catalog.DropColumns([.. _temporary]).Fit(chain.Transform(input)));
    }

    private void Add(ColumnPlan plan)
    {
        switch (plan.Use)
        {
            case ColumnUse.Number when plan.Column.Type is TextDataViewType:
                AddTextOfNumbers(plan);
                break;
            case ColumnUse.Number or ColumnUse.Vector:
                AddNumbers(plan);
                break;
            case ColumnUse.Category:
                AddCategory(plan);
                break;
            case ColumnUse.Key:
                AddKey(plan);
                break;
            case ColumnUse.Date:
                AddDate(plan);
                break;
            default:
                string words = Temporary(plan.Name, "words");
                _ofColumns.Add(_catalog.Text.FeaturizeText(words, plan.Name));
                _ofColumns.Add(_catalog.FeatureSelection.SelectFeaturesBasedOnCount(words, count: RowsPerTerm));
                _features.Add((words, plan.Name));
                break;
        }
    }

    private void AddNumbers(ColumnPlan plan)
    {
        DataViewType type = plan.Column.Type is VectorDataViewType vector ? vector.ItemType : plan.Column.Type;
        if (type == NumberDataViewType.Single)
        {
            AddNumber(plan, plan.Name, plan.Name);
            return;
        }

        string number = Temporary(plan.Name, "number");
        _toSingle.Add(new(number, plan.Name));
        AddNumber(plan, number, plan.Name);
    }

    // ConvertType reads an empty text as 0.
    private void AddTextOfNumbers(ColumnPlan plan)
    {
        string number = Temporary(plan.Name, "number");
        _ofColumns.Add(_catalog.Expression(number, "x : len(x) == 0 ? na(single(0)) : single(x)", plan.Name));
        AddNumber(plan, number, plan.Name);
    }

    private void AddDate(ColumnPlan plan)
    {
        string ticks = Temporary(plan.Name, "ticks"), date = plan.Name;
        if (plan.Column.Type is TextDataViewType)
        {
            date = Temporary(plan.Name, "date");
            _toDate.Add(new(date, plan.Name));
        }

        _toTicks.Add(new(ticks, date));
        foreach (DatePart part in plan.Parts)
        {
            string number = Temporary(plan.Name, part.Name);
            _ofColumns.Add(_catalog.Expression(number, part.FromTicks, ticks));
            AddNumber(plan, number, $"{plan.Name}.{part.Name}");
        }
    }

    private void AddNumber(ColumnPlan plan, string number, string alias)
    {
        if (!_options.ReplaceMissingValues)
        {
            _features.Add((number, alias));
            return;
        }

        // A number may be missing for the first time in a row to score.
        string filled = Temporary(alias, "filled");
        _filled.Add(new(filled, number));
        _features.Add((filled, alias));
        if (plan.HasMissing)
        {
            string isMissing = Temporary(alias, "missing");
            _isMissing.Add(new(isMissing, number));
            _features.Add((isMissing, $"{alias}.{Missing}"));
        }
    }

    private void AddCategory(ColumnPlan plan)
    {
        string text = _toText.Find(pair => pair.InputColumnName == plan.Name)?.OutputColumnName ?? plan.Name;
        string key = Temporary(plan.Name, "key");
        IEnumerable<KeyValuePair<string, string>> names =
            plan.Categories.Select(value => KeyValuePair.Create(value, value.Length == 0 ? Missing : value));
        _ofColumns.Add(_catalog.Conversion.MapValue(key, names, text, treatValuesAsKeyType: true));
        AddIndicators(plan, key);
    }

    private void AddKey(ColumnPlan plan)
    {
        string key = plan.Name;
        if (plan.HasOther && plan.Column.Type.RawType != typeof(uint))
        {
            key = Temporary(plan.Name, "key");
            _toKey.Add(new(key, plan.Name));
        }

        AddIndicators(plan, key);
    }

    // The missing key, 0, stands for all other values of a category.
    private void AddIndicators(ColumnPlan plan, string key)
    {
        string indicators = Temporary(plan.Name, "indicators");
        _toIndicators.Add(new(indicators, key));
        _features.Add((indicators, plan.Name));
        if (plan.HasOther)
        {
            string other = Temporary(plan.Name, "other");
            _ofColumns.Add(_catalog.Conversion.MapValue(other, [KeyValuePair.Create(0u, 1f)], key));
            _features.Add((other, $"{plan.Name}.{(plan.Use == ColumnUse.Key ? Missing : Other)}"));
        }
    }

    private IEnumerable<IEstimator<ITransformer>> Conversions() =>
        from conversion in (IEnumerable<(List<InputOutputColumnPair> Pairs, DataKind Kind)>)
            [
                (_toText, DataKind.String), (_toSingle, DataKind.Single), (_toKey, DataKind.UInt32), (_toDate, DataKind.DateTime),
                (_toTicks, DataKind.Double),
            ]
        where conversion.Pairs.Count > 0
        select Convert(conversion.Pairs, conversion.Kind);

    private IEnumerable<IEstimator<ITransformer>> Indicators() =>
        _toIndicators.Count > 0 ? [_catalog.Conversion.MapKeyToVector([.. _toIndicators])] : [];

    private IEnumerable<IEstimator<ITransformer>> Replacements()
    {
        if (_isMissing.Count > 0)
        {
            yield return _catalog.IndicateMissingValues([.. _isMissing]);
            yield return Convert(_isMissing.Select(pair => new InputOutputColumnPair(pair.OutputColumnName)), DataKind.Single);
        }

        if (_filled.Count > 0)
        {
            yield return _catalog.ReplaceMissingValues([.. _filled], MissingValueReplacingEstimator.ReplacementMode.Mean);
        }
    }

    private TypeConvertingEstimator Convert(IEnumerable<InputOutputColumnPair> pairs, DataKind kind) =>
        _catalog.Conversion.ConvertType([.. pairs], kind);

    private string Temporary(string column, string part)
    {
        string name = $"{_prefix}{column}:{part}";
        _temporary.Add(name);
        return name;
    }
}
