using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class are columns: from its attributes, and changeable where these do not know.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName)
            ?? throw new ArgumentOutOfRangeException(nameof(columnName), $"Column '{columnName}' not found");

        set
        {
            Contracts.CheckValue(value, nameof(value));
            if (columnName != value.ColumnName)
            {
                throw new ArgumentOutOfRangeException(nameof(columnName), "The column name must match that of the column.");
            }

            RemoveAll(column => column.ColumnName == columnName);
            Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        ArgumentNullException.ThrowIfNull(userType);
        var definition = new SchemaDefinition();
        foreach (var member in ColumnMember.AllOf(userType, direction))
        {
            var name = member.Info.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Info.Name;
            if (definition.Any(column => column.ColumnName == name))
            {
                throw new InvalidOperationException($"Duplicate column name '{name}' detected");
            }

            definition.Add(new Column(member.Info.Name, TypeOf(member), name));
        }

        return definition;
    }

    private static DataViewType TypeOf(ColumnMember member)
    {
        var raw = member.IsVector ? member.ItemType : member.Type;
        var item = DataViewTypeExtensions.FromRawType(raw)
            ?? throw new ArgumentOutOfRangeException("rawType", $"Could not determine an IDataView type and registered custom types for member {member.Info.Name}");
        if (member.Info.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            item = new KeyDataViewType(raw, key.KeyCount.Count ?? (ulong)(raw == typeof(byte) ? byte.MaxValue : raw == typeof(ushort) ? ushort.MaxValue : int.MaxValue));
        }

        if (!member.IsVector)
        {
            return item;
        }

        var dimensions = member.Info.GetCustomAttribute<VectorTypeAttribute>()?.Dims;
        return dimensions is { Length: > 0 } ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item);
    }

    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName = null)
        {
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName ?? memberName;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations => annotations.ToAnnotations();

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            var copy = ValueCopy<T>.Instance;
            annotations.Add(kind, annotationType, (ref T destination) => copy(value, ref destination));
        }
    }
}
