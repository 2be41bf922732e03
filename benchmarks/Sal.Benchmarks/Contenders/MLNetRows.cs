using Microsoft.ML;
using Microsoft.ML.Data;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Contenders;

/// <summary>Rows of a data set as ML.NET takes them.</summary>
internal sealed class MLNetRows
{
    private readonly Row[] _rows;

    /// <param name="rows">The rows of the set.</param>
    /// <param name="picked">The indexes of the rows to take.</param>
    public MLNetRows(LabeledRows rows, ReadOnlySpan<int> picked)
    {
        _rows = new Row[picked.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            _rows[i] = new Row { Features = rows.Features(picked[i]).ToArray(), Label = (uint)rows.Label(picked[i]) };
        }

        Schema = SchemaDefinition.Create(typeof(Row));
        Schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.FeatureCount);
        Schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), rows.ClassCount);
    }

    /// <summary>Gets the rows as objects, for a prediction engine.</summary>
    public IReadOnlyList<Row> Objects => _rows;

    /// <summary>Gets the columns of the objects.</summary>
    public SchemaDefinition Schema { get; }

    /// <summary>Creates a data view of the rows. As it reads objects in memory, one thread reads and transforms it.</summary>
    public IDataView ToDataView(MLContext mlContext) => mlContext.Data.LoadFromEnumerable(_rows, Schema);

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        // The class from 0: the data view converts it to a key, which counts from 1.
        public uint Label { get; set; }
    }
}
