using Microsoft.ML.Data;

namespace Microsoft.ML.Model.OnnxConverter;

internal interface ICanSaveOnnx
{
    bool CanSaveOnnx(OnnxContext ctx);
}

/// <summary>A model that maps one column.</summary>
internal interface ISingleCanSaveOnnx : ICanSaveOnnx
{
    bool SaveAsOnnx(OnnxContext ctx, string[] outputNames, string featureColumn);
}

/// <summary>What a scoring transformer asks.</summary>
internal interface IBindableCanSaveOnnx : ICanSaveOnnx, ISchemaBindableMapper
{
    bool SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames);
}
