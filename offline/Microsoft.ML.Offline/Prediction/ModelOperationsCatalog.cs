using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saving and loading of models, and prediction of single objects.</summary>
public sealed class ModelOperationsCatalog : IInternalCatalog
{
    private const string SchemaEntry = "Schema";
    private const string ModelFolder = "TransformerChain";

    private readonly IHostEnvironment environment;

    internal ModelOperationsCatalog(IHostEnvironment env) => environment = env.Register(nameof(ModelOperationsCatalog));

    IHostEnvironment IInternalCatalog.Environment => environment;

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        environment.CheckValue(model, nameof(model));
        environment.CheckValue(stream, nameof(stream));
        using var repository = new RepositoryWriter(stream);
        if (inputSchema is not null)
        {
            repository.Add(SchemaEntry, writer => SchemaCodec.Write(writer, inputSchema));
        }

        using var context = new ModelSaveContext(repository, ModelFolder);
        model.Save(context);
        context.Done();
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    /// <summary>Loads a model; the schema of its input is null if none was saved.</summary>
    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        environment.CheckValue(stream, nameof(stream));
        using var repository = new RepositoryReader(stream);
        using var schema = repository.OpenOrNull(SchemaEntry);
        inputSchema = schema is null ? null : SchemaCodec.Read(new BinaryReader(schema));
        return ModelLoadContext.LoadModelOrNull<ITransformer, SignatureLoadModel>(environment, out var model, repository, ModelFolder)
            ? model
            : throw environment.Except("The file holds no model.");
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
        ITransformer transformer,
        bool ignoreMissingColumns = true,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
        where TSrc : class
        where TDst : class, new()
    {
        var definition = inputSchemaDefinition ?? SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read);
        return new PredictionEngine<TSrc, TDst>(
            environment,
            transformer,
            ignoreMissingColumns,
            definition.Select(column => column.MemberName),
            definition.Select(column => new DataViewSchema.DetachedColumn(column.ColumnName, column.ColumnType, column.Annotations)),
            outputSchemaDefinition);
    }

    /// <summary>The schema gives the input columns' types and annotations, such as sizes of vectors that the class does not tell.</summary>
    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, DataViewSchema inputSchema)
        where TSrc : class
        where TDst : class, new()
    {
        var members = SchemaDefinition.Create(typeof(TSrc), SchemaDefinition.Direction.Read);
        var bound = members.Where(column => inputSchema.GetColumnOrNull(column.ColumnName) is not null).ToArray();
        return new PredictionEngine<TSrc, TDst>(
            environment,
            transformer,
            ignoreMissingColumns: false,
            bound.Select(column => column.MemberName),
            bound.Select(column => new DataViewSchema.DetachedColumn(inputSchema[column.ColumnName])),
            outputSchemaDefinition: null);
    }

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer, PredictionEngineOptions options)
        where TSrc : class
        where TDst : class, new() =>
        CreatePredictionEngine<TSrc, TDst>(transformer, options.IgnoreMissingColumns, options.InputSchemaDefinition, options.OutputSchemaDefinition);
}
