using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Loads delimited text, one row a line.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>
{
    private readonly IHost host;
    private readonly Options options;
    private readonly DataViewSchema schema;

    internal TextLoader(IHostEnvironment env, Options options)
    {
        host = env.Register(nameof(TextLoader));
        host.CheckUserArg(options.Columns is { Length: > 0 }, nameof(options.Columns), "The columns must be given; the offline stand-in of ML.NET does not guess them.");
        host.CheckUserArg(options.Separators is { Length: > 0 }, nameof(options.Separators), "No separator");
        foreach (var separator in options.Separators.Where(c => c is '"' or '\r' or '\n'))
        {
            throw host.ExceptUserArg("Separator", $"Illegal separator: '{separator}'");
        }

        host.CheckUserArg(options.DecimalMarker is '.' or ',', nameof(options.DecimalMarker), "The decimal marker is '.' or ','");
        if (options.AllowSparse)
        {
            throw Contracts.ExceptNotSupp("The offline stand-in of ML.NET loads no sparse text.");
        }

        this.options = options;
        var builder = new DataViewSchema.Builder();
        foreach (var column in options.Columns)
        {
            builder.AddColumn(column.Name, column.ToType());
        }

        schema = builder.ToSchema();
    }

    public DataViewSchema GetOutputSchema() => schema;

    public IDataView Load(IMultiStreamSource source)
    {
        host.CheckValue(source, nameof(source));
        for (var i = 0; i < source.Count; i++)
        {
            if (source.GetPathOrNull(i) is { } path && !File.Exists(path))
            {
                throw host.ExceptUserArg(nameof(path), $"File or directory does not exist at path: {path}");
            }
        }

        return new TextView(source, options, schema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw Contracts.ExceptNotSupp("The offline stand-in of ML.NET saves no text loaders.");

    /// <summary>The columns that the LoadColumn attributes of a class tell.</summary>
    internal static Column[] ColumnsOf(Type type) =>
        [.. ColumnMember.AllOf(type, SchemaDefinition.Direction.Both).Select(member =>
        {
            var sources = member.Info.GetCustomAttribute<LoadColumnAttribute>()?.Sources
                ?? throw Contracts.Except($"Field '{member.Info.Name}' is missing the LoadColumnAttribute attribute");
            return new Column(
                member.Info.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Info.Name,
                DataKindTypes.FromRawType(member.ItemType ?? member.Type),
                [.. sources],
                member.Info.GetCustomAttribute<KeyTypeAttribute>()?.KeyCount);
        })];
}
