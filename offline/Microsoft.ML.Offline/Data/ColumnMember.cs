using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A public field or property of a class that stands for a column, with compiled access to it.</summary>
internal sealed class ColumnMember
{
    private ColumnMember(MemberInfo info)
    {
        Info = info;
        Type = info is FieldInfo field ? field.FieldType : ((PropertyInfo)info).PropertyType;
        ItemType = Type.IsArray ? Type.GetElementType()
            : Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(VBuffer<>) ? Type.GetGenericArguments()[0]
            : null;
    }

    public MemberInfo Info { get; }

    public Type Type { get; }

    /// <summary>The item type of an array or vector, else null.</summary>
    public Type ItemType { get; }

    public bool IsVector => ItemType is not null;

    public static IEnumerable<ColumnMember> AllOf(Type type, SchemaDefinition.Direction direction)
    {
        const BindingFlags PublicInstance = BindingFlags.Public | BindingFlags.Instance;
        var fields = type.GetFields(PublicInstance).Where(field => !field.IsInitOnly && !field.IsLiteral);
        var properties = type.GetProperties(PublicInstance).Where(property => property.GetIndexParameters().Length == 0
            && (!direction.HasFlag(SchemaDefinition.Direction.Read) || property.GetMethod?.IsPublic == true)
            && (!direction.HasFlag(SchemaDefinition.Direction.Write) || property.SetMethod?.IsPublic == true));
        return fields.Concat<MemberInfo>(properties)
            .Where(member => !member.IsDefined(typeof(NoColumnAttribute)))
            .Select(member => new ColumnMember(member));
    }

    public static ColumnMember Named(Type type, string name) =>
        new(type.GetField(name) as MemberInfo ?? type.GetProperty(name) ?? throw new InvalidOperationException($"{type} has no public field or property '{name}'."));

    public Func<TRow, TValue> MakeReader<TRow, TValue>()
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, Info), row).Compile();
    }

    public Action<TRow, TValue> MakeWriter<TRow, TValue>()
    {
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TValue));
        return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.MakeMemberAccess(row, Info), value), row, value).Compile();
    }
}
