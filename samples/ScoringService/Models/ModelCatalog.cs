namespace ScoringService.Models;

/// <summary>Holds the served models by name.</summary>
internal sealed class ModelCatalog
{
    private ModelCatalog(IReadOnlyList<ServedModel> models) => Models = models;

    /// <summary>Gets the models, in the order of the options.</summary>
    public IReadOnlyList<ServedModel> Models { get; }

    /// <summary>Gets the first model, which answers requests that do not name one.</summary>
    public ServedModel Default => Models[0];

    /// <summary>Finds a model by name; null if there is none.</summary>
    public ServedModel? Find(string name) => Models.FirstOrDefault(model => model.Name == name);

    /// <summary>Loads the models listed in the options.</summary>
    /// <exception cref="ServiceStartException">A model is missing or cannot be served, or two have the same name.</exception>
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
        FileStamp stamp = FileStamp.Read(path)
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
