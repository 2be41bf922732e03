using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>Checks what ML.NET requires of every estimator. Written from a description of ML.NET's own checks.</summary>
internal static class EstimatorCheck
{
    /// <summary>Runs every check.</summary>
    /// <param name="mlContext">The context that made the estimator.</param>
    /// <param name="estimator">An estimator that can be fitted repeatedly.</param>
    /// <param name="data">The data to fit and to transform.</param>
    /// <param name="invalid">Data that neither the estimator nor the transformer accepts.</param>
    /// <returns>The fitted transformer.</returns>
    public static ITransformer Run(MLContext mlContext, IEstimator<ITransformer> estimator, IDataView data, params IDataView[] invalid)
    {
        SchemaShape promised = estimator.GetOutputSchema(Shape(data.Schema));
        foreach (IDataView view in invalid)
        {
            Refuses(() => estimator.GetOutputSchema(Shape(view.Schema)));
            Refuses(() => estimator.Fit(view));
        }

        ITransformer transformer = estimator.Fit(data);
        ITransformer reloaded = SaveAndLoad(mlContext, transformer, data.Schema);
        IDataView expected = transformer.Transform(data), actual = reloaded.Transform(data);

        SchemaComparison.AreEqual(promised, Shape(expected.Schema));
        foreach (ITransformer each in new[] { transformer, reloaded })
        {
            SchemaComparison.AreEqual(expected.Schema, each.GetOutputSchema(data.Schema));
            SchemaComparison.AreEqual(expected.Schema, each.Transform(data).Schema);
            CheckRowMapper(each, data);
            foreach (IDataView view in invalid)
            {
                Refuses(() => each.GetOutputSchema(view.Schema));
                Refuses(() => each.Transform(view));
            }
        }

        RowComparison.AreEqualWithAnyActiveColumns(expected, actual);
        return transformer;
    }

    /// <summary>Gets the shape of a schema; <c>SchemaShape.Create</c> is not public.</summary>
    public static SchemaShape Shape(DataViewSchema schema) =>
        (SchemaShape)typeof(SchemaShape)
            .GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static, [typeof(DataViewSchema)])!.Invoke(null, [schema])!;

    /// <summary>Asserts that a schema is refused with one of the two exceptions that ML.NET uses for this.</summary>
    public static void Refuses(Action action)
    {
        Exception error = Assert.Throws<Exception>(action);
        Assert.IsTrue(
            error.GetType() == typeof(ArgumentOutOfRangeException) || error.GetType() == typeof(InvalidOperationException), $"{error}");
    }

    public static ITransformer SaveAndLoad(MLContext mlContext, ITransformer transformer, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        mlContext.Model.Save(transformer, schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext(seed: 99).Model.Load(stream, out DataViewSchema inputSchema);
        SchemaComparison.AreEqual(schema, inputSchema);
        return loaded;
    }

    private static void CheckRowMapper(ITransformer transformer, IDataView data)
    {
        IDataView transformed = transformer.Transform(data);
        Assert.IsTrue(transformer.IsRowToRowMapper);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(data.Schema);
        Assert.AreSame(data.Schema, mapper.InputSchema);
        SchemaComparison.AreEqual(transformed.Schema, mapper.OutputSchema);

        RowComparison.AreEqual(RowComparison.ReadAll(transformed), ReadByMapper(mapper, data, mapper.OutputSchema));
        foreach (DataViewSchema.Column column in mapper.OutputSchema)
        {
            RowComparison.AreEqual(
                RowComparison.ReadAll(transformed, transformed.Schema[column.Index]), ReadByMapper(mapper, data, [column]));
        }
    }

    private static List<RowValues> ReadByMapper(IRowToRowMapper mapper, IDataView data, IReadOnlyList<DataViewSchema.Column> columns)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(mapper.GetDependencies(columns));
        using DataViewRow row = mapper.GetRow(cursor, columns);
        Assert.AreSame(mapper.OutputSchema, row.Schema);
        var reader = new RowTextReader(row, columns);
        List<RowValues> rows = [];
        while (cursor.MoveNext())
        {
            rows.Add(reader.Read());
        }

        return rows;
    }
}
