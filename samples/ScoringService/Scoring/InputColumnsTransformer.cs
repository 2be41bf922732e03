using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ScoringService.Models;

namespace ScoringService.Scoring;

/// <summary>
/// Creates the input columns of a saved pipeline from a <see cref="PipelineInput"/>, as a first step in front of the pipeline's own.
/// Columns that the prediction does not need, such as the label, exist but are empty.
/// </summary>
internal sealed class InputColumnsTransformer(InputLayout layout) : ITransformer
{
    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema.Concat(layout.Schema).Select(column => new DataViewSchema.DetachedColumn(column)));
        return builder.ToSchema();
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new Mapper(layout, inputSchema, GetOutputSchema(inputSchema));

    public IDataView Transform(IDataView input) =>
        throw new NotSupportedException("The rows of requests are transformed one by one, through GetRowToRowMapper.");

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("This step belongs to the service, not to a model.");

    private sealed class Mapper(InputLayout layout, DataViewSchema inputSchema, DataViewSchema outputSchema) : IRowToRowMapper
    {
        public DataViewSchema InputSchema => inputSchema;

        public DataViewSchema OutputSchema => outputSchema;

        public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => inputSchema;

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
            new Row(layout, input, outputSchema);
    }

    private sealed class Row(InputLayout layout, DataViewRow input, DataViewSchema schema) : DataViewRow
    {
        public override DataViewSchema Schema => schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            column.Index < input.Schema.Count ? input.GetGetter<TValue>(input.Schema[column.Index])
            : column.IsHidden || !layout.TryFind(column.Name, out int index) ? (ref TValue value) => value = default!
            : (ValueGetter<TValue>)GetterOf(layout.Columns[index]);

        private Delegate GetterOf(InputColumn column) => column.Kind switch
        {
            InputKind.Single => Values<float, float>(column, PipelineInput.SinglesColumn, value => value),
            InputKind.Text => Values<ReadOnlyMemory<char>, ReadOnlyMemory<char>>(column, PipelineInput.TextsColumn, value => value),
            _ => Doubles(column),
        };

        private Delegate Doubles(InputColumn column) => column.ItemType.RawType switch
        {
            var type when type == typeof(bool) => Values<double, bool>(column, PipelineInput.DoublesColumn, value => value != 0),
            var type when type == typeof(double) => Numbers<double>(column),
            var type when type == typeof(sbyte) => Numbers<sbyte>(column),
            var type when type == typeof(byte) => Numbers<byte>(column),
            var type when type == typeof(short) => Numbers<short>(column),
            var type when type == typeof(ushort) => Numbers<ushort>(column),
            var type when type == typeof(int) => Numbers<int>(column),
            _ => Numbers<uint>(column),
        };

        private Delegate Numbers<T>(InputColumn column)
            where T : INumber<T> => Values(column, PipelineInput.DoublesColumn, (double value) => T.CreateSaturating(value));

        /// <summary>Creates the getter of a column whose values are part of a vector.</summary>
        private Delegate Values<TSource, TValue>(InputColumn column, string sourceName, Func<TSource, TValue> convert)
        {
            ValueGetter<VBuffer<TSource>> get = input.GetGetter<VBuffer<TSource>>(input.Schema[sourceName]);
            VBuffer<TSource> all = default;
            if (!column.IsVector)
            {
                return (ValueGetter<TValue>)((ref TValue value) =>
                {
                    get(ref all);
                    value = convert(all.GetItemOrDefault(column.Offset));
                });
            }

            return (ValueGetter<VBuffer<TValue>>)((ref VBuffer<TValue> value) =>
            {
                get(ref all);
                VBufferEditor<TValue> editor = VBufferEditor.Create(ref value, column.Size);
                for (int i = 0; i < column.Size; i++)
                {
                    editor.Values[i] = convert(all.GetItemOrDefault(column.Offset + i));
                }

                value = editor.Commit();
            });
        }
    }
}
