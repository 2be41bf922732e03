using Microsoft.ML;
using Microsoft.ML.Trainers.Sal;

namespace Quickstart;

/// <summary>Loads a saved pipeline, which is all that a program in production needs.</summary>
internal static class ModelFile
{
    /// <summary>Loads a pipeline and the schema of its input columns.</summary>
    public static (ITransformer Model, DataViewSchema Inputs) Load(MLContext mlContext, FileInfo file)
    {
        if (!file.Exists)
        {
            throw new UserErrorException($"There is no model file '{file.FullName}'. Train first, without --predict: that saves a model.");
        }

        try
        {
            ITransformer model = mlContext.Model.Load(file.FullName, out DataViewSchema inputs);
            return (model, inputs);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or InvalidOperationException)
        {
            throw new UserErrorException($"'{file.FullName}' cannot be loaded as a model: {exception.Message}");
        }
    }

    /// <summary>Gets SAL's part of a pipeline.</summary>
    public static SalMulticlassModelParameters GetParameters(ITransformer model) =>
        ((IEnumerable<ITransformer>)model).OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single().Model;
}
