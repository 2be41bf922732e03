using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms
{
    /// <summary>Joins columns of one item type into a vector.</summary>
    public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
    {
        private readonly IHost host;
        private readonly string outputColumnName;
        private readonly string[] inputColumnNames;

        internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
        {
            host = env.Register(nameof(ColumnConcatenatingEstimator));
            host.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
            host.CheckUserArg(inputColumnNames is { Length: > 0 }, nameof(inputColumnNames), "Input columns not specified");
            this.outputColumnName = outputColumnName;
            this.inputColumnNames = inputColumnNames;
        }

        public ColumnConcatenatingTransformer Fit(IDataView input)
        {
            var transformer = new ColumnConcatenatingTransformer(host, outputColumnName, inputColumnNames);
            transformer.GetOutputSchema(input.Schema);
            return transformer;
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            host.CheckValue(inputSchema, nameof(inputSchema));
            var inputs = inputColumnNames.Select(name => inputSchema.TryFindColumn(name, out var column)
                ? column
                : throw host.ExceptSchemaMismatch(nameof(inputSchema), "input", name)).ToArray();
            foreach (var column in inputs)
            {
                host.Check(
                    column.ItemType.Equals(inputs[0].ItemType) && column.IsKey == inputs[0].IsKey,
                    $"Concatenated columns should have the same type. Column '{column.Name}' has type of {column.ItemType}, but expected column type is {inputs[0].ItemType}.");
            }

            var kind = inputs.Any(column => column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                ? SchemaShape.Column.VectorKind.VariableVector
                : SchemaShape.Column.VectorKind.Vector;
            var named = inputs.Any(column => column.Kind == SchemaShape.Column.VectorKind.Scalar || column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out _));
            List<SchemaShape.Column> annotations = [];
            if (inputs.All(column => column.Annotations.TryFindColumn(AnnotationUtils.Kinds.IsNormalized, out _)))
            {
                annotations.Add(SchemaShape.Create(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance));
            }

            if (named && kind == SchemaShape.Column.VectorKind.Vector)
            {
                annotations.Add(new SchemaShape.Column(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
            }

            return inputSchema.With([new SchemaShape.Column(outputColumnName, kind, inputs[0].ItemType, inputs[0].IsKey, new SchemaShape(annotations))]);
        }
    }
}

namespace Microsoft.ML.Data
{
    public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
    {
        internal const string LoaderSignature = "ConcatTransform";

        private readonly string outputColumnName;
        private readonly string[] inputColumnNames;

        internal ColumnConcatenatingTransformer(IHostEnvironment env, string outputColumnName, params string[] inputColumnNames)
            : base(env.Register(nameof(ColumnConcatenatingTransformer)))
        {
            this.outputColumnName = outputColumnName;
            this.inputColumnNames = inputColumnNames;
        }

        private static VersionInfo Version => new("CONCATEN", 1, 1, 1, typeof(ColumnConcatenatingTransformer).Assembly.FullName, LoaderSignature);

        private protected override RowMapper MakeRowMapper(DataViewSchema schema)
        {
            var inputs = inputColumnNames.Select(name => FindInput(schema, name)).ToArray();
            var item = inputs[0].Type.ItemType();
            foreach (var column in inputs.Where(column => !column.Type.ItemType().Equals(item)))
            {
                throw Host.ExceptSchemaMismatch("inputSchema", "input", column.Name, item.ToString(), column.Type.ToString());
            }

            var size = inputs.Any(column => column.Type.ValueCount() == 0) ? 0 : inputs.Sum(column => column.Type.ValueCount());
            var annotations = new DataViewSchema.Annotations.Builder();
            if (inputs.All(column => column.IsNormalized()))
            {
                annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
            }

            if (size > 0 && inputs.Any(column => column.Type is not VectorDataViewType || column.HasSlotNames()))
            {
                var names = new VBuffer<ReadOnlyMemory<char>>(size, [.. inputs.SelectMany(SlotNames)]);
                annotations.AddSlotNames(size, (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
            }

            return RowMapper.Adding(schema, [MappedColumn.Computed(
                outputColumnName,
                new VectorDataViewType(item, size),
                annotations.ToAnnotations(),
                [.. inputs.Select(column => column.Index)],
                row => (Delegate)GetterTypes.Call(typeof(ColumnConcatenatingTransformer), nameof(MakeGetter), [item.RawType], row, inputs))]);
        }

        private protected override void SaveModel(ModelSaveContext ctx)
        {
            ctx.CheckAtModel();
            ctx.SetVersionInfo(Version);
            ctx.SaveNonEmptyString(outputColumnName);
            ctx.Writer.Write(inputColumnNames.Length);
            Array.ForEach(inputColumnNames, ctx.SaveNonEmptyString);
        }

        private static ColumnConcatenatingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
        {
            ctx.CheckAtModel(Version);
            var output = ctx.LoadNonEmptyString();
            var inputs = new string[ctx.Reader.ReadCount()];
            for (var i = 0; i < inputs.Length; i++)
            {
                inputs[i] = ctx.LoadNonEmptyString();
            }

            return new ColumnConcatenatingTransformer(env, output, inputs);
        }

        /// <summary>A scalar's slot has the column's name; a vector's have "column.slot", or none.</summary>
        private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column column)
        {
            if (column.Type is not VectorDataViewType vector)
            {
                return [column.Name.AsMemory()];
            }

            VBuffer<ReadOnlyMemory<char>> names = default;
            if (column.HasSlotNames())
            {
                column.GetSlotNames(ref names);
                return names.DenseValues().Select(name => name.IsEmpty ? default : $"{column.Name}.{name}".AsMemory());
            }

            return Enumerable.Repeat(ReadOnlyMemory<char>.Empty, vector.Size);
        }

        private static ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow row, DataViewSchema.Column[] inputs)
        {
            var parts = new VBuffer<T>[inputs.Length];
            var getters = inputs.Select(column => column.Type is VectorDataViewType ? row.GetGetter<VBuffer<T>>(column) : AsVector(row.GetGetter<T>(column))).ToArray();
            return (ref VBuffer<T> value) =>
            {
                int length = 0, explicitCount = 0;
                for (var i = 0; i < parts.Length; i++)
                {
                    getters[i](ref parts[i]);
                    length += parts[i].Length;
                    explicitCount += parts[i].GetValues().Length;
                }

                if (explicitCount > length / 2)
                {
                    var dense = VBufferEditor.Create(ref value, length);
                    var start = 0;
                    foreach (ref readonly var part in parts.AsSpan())
                    {
                        part.CopyTo(dense.Values.Slice(start, part.Length));
                        start += part.Length;
                    }

                    value = dense.Commit();
                    return;
                }

                var sparse = VBufferEditor.Create(ref value, length, explicitCount);
                int slot = 0, next = 0;
                foreach (ref readonly var part in parts.AsSpan())
                {
                    var values = part.GetValues();
                    var indices = part.GetIndices();
                    for (var i = 0; i < values.Length; i++)
                    {
                        sparse.Values[next] = values[i];
                        sparse.Indices[next++] = slot + (part.IsDense ? i : indices[i]);
                    }

                    slot += part.Length;
                }

                value = sparse.Commit();
            };
        }

        private static ValueGetter<VBuffer<T>> AsVector<T>(ValueGetter<T> getter) => (ref VBuffer<T> value) =>
        {
            var editor = VBufferEditor.Create(ref value, 1);
            getter(ref editor.Values[0]);
            value = editor.Commit();
        };
    }
}
