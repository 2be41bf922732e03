using CsvHelper;
using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace Sal.Benchmarks.Tables;

/// <summary>
/// The rows of a split as ML.NET reads them from a file, and their features by two pipelines: the one that a careful user would write by
/// hand, in which categories become indicators, and a missing number stays NaN or becomes the mean and an indicator; and
/// <c>TabularFeatures</c>.
/// </summary>
internal sealed class TableFeatures : IDisposable
{
    private const string Class = "Label";

    private readonly MLContext _mlContext;
    private readonly BenchmarkTable _table;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sal-tables-");
    private readonly Dictionary<(bool, bool), (IDataView Training, IDataView Test)> _features = [];

    /// <param name="table">The table.</param>
    /// <param name="split">The number of the split, which is the seed of the context, too.</param>
    public TableFeatures(BenchmarkTable table, int split)
    {
        _mlContext = new MLContext(split);
        _table = table;
        (int[] training, int[] test) = table.Split(split);
        Training = Load("training.csv", training);
        Test = Load("test.csv", test);
    }

    /// <summary>Gets the context with which the views were created.</summary>
    public MLContext MLContext => _mlContext;

    /// <summary>Gets the columns of the rows to train on.</summary>
    public IDataView Training { get; }

    /// <summary>Gets the columns of the rows to test on.</summary>
    public IDataView Test { get; }

    /// <summary>Gets the columns <c>Features</c> and <c>Label</c>, cached in memory.</summary>
    /// <param name="isFilled">Whether a missing number becomes the mean and an indicator.</param>
    /// <param name="isTabular">Whether <c>TabularFeatures</c> makes the features.</param>
    public (IDataView Training, IDataView Test) Get(bool isFilled, bool isTabular = false)
    {
        if (!_features.TryGetValue((isFilled, isTabular), out (IDataView, IDataView) views))
        {
            IEstimator<ITransformer> features =
                isTabular ? _mlContext.Transforms.TabularFeatures(replaceMissingValues: isFilled) : ByHand(isFilled);
            ITransformer transformer = _mlContext.Transforms.Conversion.MapValueToKey(Class).Append(features).Fit(Training);
            views = (Cache(transformer.Transform(Training)), Cache(transformer.Transform(Test)));
            _features.Add((isFilled, isTabular), views);
        }

        return views;
    }

    /// <summary>Gets the classes of the rows to test on, from 0.</summary>
    public int[] TestLabels => Labels(Get(isFilled: false).Test);

    /// <summary>Gets the classes of the rows of a view, from 0.</summary>
    public static int[] Labels(IDataView view) => [.. view.GetColumn<uint>(Class).Select(key => (int)key - 1)];

    public void Dispose() => _folder.Delete(recursive: true);

    private IEstimator<ITransformer> ByHand(bool isFilled)
    {
        string[] categories = [.. Columns(isCategory: true)];
        string[] numbers = [.. Columns(isCategory: false)];
        var inputs = new List<string>([.. numbers, .. categories]);
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        if (categories.Length > 0)
        {
            pipeline = pipeline.Append(
                _mlContext.Transforms.Categorical.OneHotEncoding([.. categories.Select(name => new InputOutputColumnPair(name))]));
        }

        string[] withMissing = isFilled ? [.. numbers.Where(HasMissing)] : [];
        if (withMissing.Length > 0)
        {
            InputOutputColumnPair[] indicators = [.. withMissing.Select(name => new InputOutputColumnPair(name + "?", name))];
            pipeline = pipeline
                .Append(_mlContext.Transforms.IndicateMissingValues(indicators))
                .Append(_mlContext.Transforms.Conversion.ConvertType([.. indicators.Select(p => new InputOutputColumnPair(p.OutputColumnName))]))
                .Append(_mlContext.Transforms.ReplaceMissingValues(
                    [.. withMissing.Select(name => new InputOutputColumnPair(name))], ReplacementMode.Mean));
            inputs.AddRange(indicators.Select(pair => pair.OutputColumnName));
        }

        return pipeline.Append(_mlContext.Transforms.Concatenate("Features", [.. inputs]));
    }

    private IEnumerable<string> Columns(bool isCategory) =>
        _table.InputColumns.Where(column => _table.IsCategory[column] == isCategory).Select(column => _table.Header[column]);

    private bool HasMissing(string name)
    {
        int column = Array.IndexOf(_table.Header, name);
        return _table.Rows.Any(row => row[column].Length == 0);
    }

    private IDataView Load(string file, int[] rows)
    {
        string path = Path.Combine(_folder.FullName, file);
        using (CsvWriter writer = CsvWriter.ToFile(path))
        {
            writer.WriteRecord(_table.Header);
            foreach (int row in rows)
            {
                writer.WriteRecord(_table.Rows[row]);
            }
        }

        return _mlContext.Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            MissingRealsAsNaNs = true,
            Columns =
            [
                .. _table.InputColumns.Select(column => new TextLoader.Column(
                    _table.Header[column], _table.IsCategory[column] ? DataKind.String : DataKind.Single, column)),
                new TextLoader.Column(Class, DataKind.String, _table.ClassColumn),
            ],
        });
    }

    // Only what trainers read; the cache would keep all columns otherwise.
    private IDataView Cache(IDataView view) => _mlContext.Data.Cache(view, "Features", Class);
}
