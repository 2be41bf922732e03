using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A model that makes its output columns itself, once it knows the schema of its input.</summary>
internal interface ISchemaBindableMapper
{
    ISchemaBoundMapper Bind(IHostEnvironment env, RoleMappedSchema schema);
}

internal interface ISchemaBoundMapper
{
    RoleMappedSchema InputRoleMappedSchema { get; }

    DataViewSchema OutputSchema { get; }

    /// <summary>What binds the same mapping, with all it has learnt of the first schema, to another one.</summary>
    ISchemaBindableMapper Bindable { get; }

    IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles();
}

internal interface ISchemaBoundRowMapper : ISchemaBoundMapper
{
    DataViewSchema InputSchema { get; }

    IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns);

    DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns);
}
