namespace Microsoft.ML;

/// <summary>A part of a model that can write itself.</summary>
public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
