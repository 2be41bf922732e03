using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The columns of a view. Of several columns with one name the last is found by name; the others are hidden.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] columns;
    private readonly Dictionary<string, int> indexOf = [];

    private DataViewSchema(IReadOnlyList<DetachedColumn> source)
    {
        for (var i = 0; i < source.Count; i++)
        {
            indexOf[source[i].Name] = i;
        }

        columns = [.. source.Select((column, i) => new Column(column.Name, i, indexOf[column.Name] != i, column.Type, column.Annotations))];
    }

    public int Count => columns.Length;

    public Column this[int columnIndex] => columns[columnIndex];

    public Column this[string name] =>
        GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    public Column? GetColumnOrNull(string name)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        return indexOf.TryGetValue(name, out var index) ? columns[index] : null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns";

    /// <summary>A column in its place in a schema.</summary>
    public readonly struct Column
    {
        internal Column(string name, int index, bool isHidden, DataViewType type, Annotations annotations)
        {
            Name = name;
            Index = index;
            IsHidden = isHidden;
            Type = type;
            Annotations = annotations;
        }

        public string Name { get; }

        public int Index { get; }

        /// <summary>Whether a later column has the same name.</summary>
        public bool IsHidden { get; }

        public DataViewType Type { get; }

        public Annotations Annotations { get; }

        public override string ToString() => $"{Name}: {Type}{(Annotations.Schema.Count > 0 ? $" {{{Annotations}}}" : "")}";
    }

    /// <summary>A column that belongs to no schema yet.</summary>
    public readonly struct DetachedColumn
    {
        public DetachedColumn(string name, DataViewType type, Annotations annotations = null)
        {
            Contracts.CheckNonEmpty(name, nameof(name));
            ArgumentNullException.ThrowIfNull(type);
            Name = name;
            Type = type;
            Annotations = annotations ?? Annotations.Empty;
        }

        public DetachedColumn(Column column)
            : this(column.Name, column.Type, column.Annotations)
        {
        }

        public string Name { get; }

        public DataViewType Type { get; }

        public Annotations Annotations { get; }
    }

    public sealed class Builder
    {
        private readonly List<DetachedColumn> columns = [];

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) => columns.Add(new DetachedColumn(name, type, annotations));

        public void AddColumns(IEnumerable<DetachedColumn> source) => columns.AddRange(source);

        public void AddColumns(IEnumerable<Column> source) => columns.AddRange(source.Select(column => new DetachedColumn(column)));

        public DataViewSchema ToSchema() => new(columns);
    }
}
