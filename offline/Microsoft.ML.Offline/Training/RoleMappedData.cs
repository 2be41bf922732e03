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

    public RoleMappedSchema(DataViewSchema schema, IEnumerable<KeyValuePair<ColumnRole, string>> roles, bool opt = false)
        : this(schema, Named(roles, ColumnRole.Label), Named(roles, ColumnRole.Feature), Named(roles, ColumnRole.Group), Named(roles, ColumnRole.Weight), Named(roles, ColumnRole.Name), opt)
    {
    }

    public DataViewSchema Schema { get; }

    public DataViewSchema.Column? Label { get; }

    public DataViewSchema.Column? Feature { get; }

    public DataViewSchema.Column? Group { get; }

    public DataViewSchema.Column? Weight { get; }

    public DataViewSchema.Column? Name { get; }

    private static string Named(IEnumerable<KeyValuePair<ColumnRole, string>> roles, ColumnRole role) =>
        roles.FirstOrDefault(pair => pair.Key.Value == role.Value).Value;

    /// <summary>What a column is for.</summary>
    public readonly struct ColumnRole(string value)
    {
        public readonly string Value = value;

        public static ColumnRole Feature => new(nameof(Feature));

        public static ColumnRole Label => new(nameof(Label));

        public static ColumnRole Group => new(nameof(Group));

        public static ColumnRole Weight => new(nameof(Weight));

        public static ColumnRole Name => new(nameof(Name));

        public KeyValuePair<ColumnRole, string> Bind(string name) => new(this, name);
    }
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
