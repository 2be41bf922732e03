namespace ScoringService.Models;

/// <summary>The models that are served, by name.</summary>
internal sealed class ModelCatalog
{
    private ModelCatalog(IReadOnlyList<ServedModel> models) => Models = models;

    /// <summary>Gets the models, in the order of the options.</summary>
    public IReadOnlyList<ServedModel> Models { get; }

    /// <summary>Gets the first model, which answers requests that name none.</summary>
    public ServedModel Default => Models[0];

    /// <summary>Finds a model; null if none has that name.</summary>
    public ServedModel? Find(string name) => Models.FirstOrDefault(model => model.Name == name);

    /// <summary>Loads the models of the options.</summary>
    /// <exception cref="ServiceStartException">A model is missing, bad, or named twice.</exception>
    public static ModelCatalog Load(ServiceOptions options)
    {
        if (options.Models.Count == 0)
        {
            throw new ServiceStartException(
                "There is no model to serve. Name a file that mlContext.Model.Save wrote: "
                + "ScoringService digits.zip, or --Models:0:Path=digits.zip.");
        }

        List<ServedModel> models = [];
        foreach ((int index, ModelOptions model) in options.Models.Index())
        {
            if (model.Path.Length == 0)
            {
                throw new ServiceStartException($"Models:{index} has no Path.");
            }

            string path = Path.GetFullPath(model.Path);
            string name = model.Name ?? Path.GetFileNameWithoutExtension(path);
            if (models.Any(known => known.Name == name))
            {
                throw new ServiceStartException($"Two models are named '{name}'. Set Models:{index}:Name.");
            }

            models.Add(Load(name, path));
        }

        return new ModelCatalog(models);
    }

    private static ServedModel Load(string name, string path)
    {
        FileStamp stamp = FileStamp.Of(path)
            ?? throw new ServiceStartException($"There is no model file '{path}'. samples/Quickstart saves digits.zip.");
        try
        {
            return new ServedModel(path, LoadedModel.Load(name, File.ReadAllBytes(path)), stamp);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ServiceStartException($"The model '{name}' in '{path}' cannot be served. {exception.Message}");
        }
    }
}
