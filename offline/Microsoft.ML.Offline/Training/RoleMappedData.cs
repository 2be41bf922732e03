namespace Microsoft.ML.Data;

/// <summary>A schema, and which of its columns are label, features and weight.</summary>
internal sealed class RoleMappedSchema
{
    public RoleMappedSchema(DataViewSchema schema, string label, string feature, string group = null, string weight = null, string name = null, bool opt = false)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        Label = Find(label, nameof(Label));
        Feature = Find(feature, nameof(Feature));
        Group = Find(group, nameof(Group));
        Weight = Find(weight, nameof(Weight));
        Name = Find(name, nameof(Name));

        DataViewSchema.Column? Find(string column, string role) =>
            string.IsNullOrEmpty(column) ? null
            : schema.GetColumnOrNull(column) ?? (opt ? null : throw new ArgumentOutOfRangeException(nameof(schema), $"{column} column '{role}' not found"));
    }

    public DataViewSchema Schema { get; }

    public DataViewSchema.Column? Label { get; }

    public DataViewSchema.Column? Feature { get; }

    public DataViewSchema.Column? Group { get; }

    public DataViewSchema.Column? Weight { get; }

    public DataViewSchema.Column? Name { get; }
}

/// <summary>Data, and which of its columns are label, features and weight.</summary>
internal sealed class RoleMappedData
{
    public RoleMappedData(IDataView data, string label, string feature, string group = null, string weight = null, string name = null, bool opt = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data;
        Schema = new RoleMappedSchema(data.Schema, label, feature, group, weight, name, opt);
    }

    public IDataView Data { get; }

    public RoleMappedSchema Schema { get; }
}
