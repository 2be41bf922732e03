using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Constant values attached to a column: slot names, key values, ...; themselves a one-row table.</summary>
    public sealed class Annotations
    {
        private readonly Delegate[] getters;

        private Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            this.getters = getters;
        }

        public static Annotations Empty { get; } = new(new DataViewSchema([]), []);

        public DataViewSchema Schema { get; }

        public ValueGetter<TValue> GetGetter<TValue>(Column column) => GetterTypes.Cast<TValue>(getters[column.Index], column);

        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind) ?? throw new InvalidOperationException($"There is no annotation '{kind}'.");
            GetGetter<TValue>(column)(ref value);
        }

        public override string ToString() => string.Join(", ", Schema.Select(column => column.Name));

        internal Delegate GetGetterOf(int index) => getters[index];

        public sealed class Builder
        {
            private readonly List<DetachedColumn> columns = [];
            private readonly List<Delegate> getters = [];

            /// <summary>Adds those of <paramref name="annotations"/> that <paramref name="selector"/> wants.</summary>
            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                if (annotations is null)
                {
                    return;
                }

                foreach (var column in annotations.Schema.Where(c => selector(c.Name)))
                {
                    Add(column.Name, column.Type, annotations.getters[column.Index], column.Annotations);
                }
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
            {
                if (type.RawType != typeof(TValue))
                {
                    throw new ArgumentException($"A value of {type} is got as {type.RawType}, not {typeof(TValue)}.", nameof(getter));
                }

                Add(name, type, (Delegate)getter, annotations);
            }

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                ArgumentNullException.ThrowIfNull(getter);
                columns.Add(new DetachedColumn(name, type, annotations));
                getters.Add(getter);
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null) =>
                Add(name, type, (ref TValue destination) => destination = value, annotations);

            public Annotations ToAnnotations() => new(new DataViewSchema(columns), [.. getters]);
        }
    }
}
