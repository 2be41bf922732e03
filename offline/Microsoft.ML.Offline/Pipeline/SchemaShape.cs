using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before there is data: names and kinds of columns, not sizes.</summary>
public sealed class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private static readonly SchemaShape Empty = new([]);

    private readonly Column[] columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        this.columns = [.. columns];
    }

    public int Count => columns.Length;

    public Column this[int index] => columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema) => new(schema.Where(column => !column.IsHidden)
        .Select(column => Create(column.Name, column.Type, Create(column.Annotations.Schema))));

    internal static Column Create(string name, DataViewType type, SchemaShape annotations = null)
    {
        var kind = type is not VectorDataViewType vector ? Column.VectorKind.Scalar
            : vector.IsKnownSize ? Column.VectorKind.Vector
            : Column.VectorKind.VariableVector;
        DataViewType item = type.ItemType();
        return item is KeyDataViewType
            ? new Column(name, kind, DataViewTypeExtensions.FromRawType(item.RawType), true, annotations)
            : new Column(name, kind, item, false, annotations);
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        column = columns.FirstOrDefault(c => c.Name == name);
        return column.IsValid;
    }

    /// <summary>This shape with columns added, or replaced where the name is there already.</summary>
    internal SchemaShape With(IEnumerable<Column> added)
    {
        var result = columns.ToList();
        foreach (var column in added)
        {
            var index = result.FindIndex(c => c.Name == column.Name);
            if (index >= 0)
            {
                result[index] = column;
            }
            else
            {
                result.Add(column);
            }
        }

        return new SchemaShape(result);
    }

    public readonly struct Column
    {
        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            ArgumentNullException.ThrowIfNull(itemType);
            Name = name;
            Kind = vecKind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? Empty;
        }

        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        public readonly string Name;
        public readonly VectorKind Kind;

        /// <summary>The type of an item; for keys, the number type that carries them.</summary>
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal bool IsValid => Name is not null;

        /// <summary>Whether the column <paramref name="source"/> serves where this one is asked for.</summary>
        internal bool IsCompatibleWith(Column source) =>
            source.IsValid && Name == source.Name && Kind == source.Kind && ItemType.Equals(source.ItemType) && IsKey == source.IsKey
            && Annotations.All(wanted => source.Annotations.TryFindColumn(wanted.Name, out var found) && wanted.IsCompatibleWith(found));

        internal string GetTypeString()
        {
            var item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch
            {
                VectorKind.Vector => $"Vector<{item}>",
                VectorKind.VariableVector => $"VarVector<{item}>",
                _ => item,
            };
        }
    }
}
