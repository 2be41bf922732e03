using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Loading, splitting, shuffling and caching of data.</summary>
public sealed class DataOperationsCatalog : IInternalCatalog
{
    private const int DefaultSeed = 42;

    private readonly IHostEnvironment environment;
    private readonly int? contextSeed;

    internal DataOperationsCatalog(MLContext env)
    {
        contextSeed = env.Seed;
        environment = ((IHostEnvironment)env).Register(nameof(DataOperationsCatalog));
    }

    IHostEnvironment IInternalCatalog.Environment => environment;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        environment.CheckValue(data, nameof(data));
        return EnumerableView<TRow>.Create(data, schemaDefinition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read));
    }

    /// <summary>The schema's columns are looked for among the members of the class, by name; its types and annotations hold.</summary>
    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, DataViewSchema schema)
        where TRow : class
    {
        environment.CheckValue(data, nameof(data));
        environment.CheckValue(schema, nameof(schema));
        var definition = SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read);
        return new EnumerableView<TRow>(
            data,
            schema.Select(column => definition[column.Name].MemberName),
            schema.Select(column => new DataViewSchema.DetachedColumn(column)));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(
        IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        environment.CheckValue(data, nameof(data));
        return CreateRows<TRow>(data, reuseRowObject, RowWriter<TRow>.Columns(data.Schema, ignoreMissingColumns, schemaDefinition));
    }

    /// <summary>Keeps rows in memory once read; the columns named are read at once.</summary>
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        environment.CheckValue(input, nameof(input));
        var view = new CachedView(input);
        if (columnsToPrefetch is { Length: > 0 })
        {
            view.Prefetch(columnsToPrefetch);
        }

        return view;
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        environment.CheckValue(input, nameof(input));
        environment.CheckUserArg(shufflePoolSize > 0, nameof(shufflePoolSize), "Must be positive");
        return new ShuffledView(input, seed ?? environment.Register(nameof(ShuffleRows)).Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        environment.CheckValue(input, nameof(input));
        environment.CheckUserArg(count > 0, nameof(count), "Must be greater than zero.");
        return new RowRangeView(input, count, long.MaxValue);
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        environment.CheckValue(input, nameof(input));
        environment.CheckUserArg(count > 0, nameof(count), "Must be greater than zero.");
        return new RowRangeView(input, 0, count);
    }

    /// <summary>Draws every row by chance, so the test set's share is <paramref name="testFraction"/> only nearly.</summary>
    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        environment.CheckValue(data, nameof(data));
        environment.CheckUserArg(testFraction is > 0 and < 1, nameof(testFraction), "Must be between 0 and 1 exclusive");
        var sampling = MakeSampling(data, samplingKeyColumnName, seed);
        return new TrainTestData(
            new SampledView(data, sampling, fraction => fraction >= testFraction),
            new SampledView(data, sampling, fraction => fraction < testFraction));
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        environment.CheckValue(data, nameof(data));
        environment.CheckUserArg(numberOfFolds > 1, nameof(numberOfFolds), "Must be more than 1");
        var sampling = MakeSampling(data, samplingKeyColumnName, seed);
        return [.. Enumerable.Range(0, numberOfFolds).Select(fold => new TrainTestData(
            new SampledView(data, sampling, fraction => (int)(fraction * numberOfFolds) != fold),
            new SampledView(data, sampling, fraction => (int)(fraction * numberOfFolds) == fold)))];
    }

    private static IEnumerable<TRow> CreateRows<TRow>(IDataView data, bool reuseRowObject, SchemaDefinition.Column[] columns)
        where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(columns.Select(column => data.Schema[column.ColumnName]));
        var writer = new RowWriter<TRow>(cursor, columns);
        var row = reuseRowObject ? new TRow() : null;
        while (cursor.MoveNext())
        {
            row = reuseRowObject ? row : new TRow();
            writer.Fill(row);
            yield return row;
        }
    }

    private RowSampling MakeSampling(IDataView data, string samplingKeyColumnName, int? seed)
    {
        var key = samplingKeyColumnName is null ? null : data.Schema.GetColumnOrNull(samplingKeyColumnName);
        return samplingKeyColumnName is null || key is not null
            ? new RowSampling(SeedOr(seed), key)
            : throw environment.ExceptSchemaMismatch("samplingKeyColumn", "SamplingKeyColumn", samplingKeyColumnName);
    }

    private int SeedOr(int? seed) => seed ?? contextSeed ?? DefaultSeed;

    /// <summary>Two complementary parts of the data.</summary>
    public readonly struct TrainTestData
    {
        internal TrainTestData(IDataView trainSet, IDataView testSet)
        {
            TrainSet = trainSet;
            TestSet = testSet;
        }

        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;
    }
}
