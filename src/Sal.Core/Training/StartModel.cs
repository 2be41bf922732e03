using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>Checks a model whose training is to be continued.</summary>
internal static class StartModel
{
    /// <summary>Rejects a model whose layout does not match the rows and the options.</summary>
    /// <exception cref="InvalidOperationException">Something differs. The message names it.</exception>
    public static void Check(SalModel start, TrainingSet rows, SalTrainingOptions options)
    {
        Compare("features", start.FeatureCount, rows.FeatureCount, "the training rows have");
        Compare("classes", start.ClassCount, rows.ClassCount, "the training rows have");
        Compare("hidden units", start.HiddenUnits, options.HiddenUnits!.Value, "HiddenUnits is");
        Compare("layers", start.NumberOfLayers, options.NumberOfLayers, "NumberOfLayers is");
        Compare("areas", start.NumberOfAreas, options.NumberOfAreas ?? start.NumberOfAreas, "NumberOfAreas is");
        Compare("routed layers", start.RoutedLayers, options.RoutedLayers, "RoutedLayers is");
        Compare("activation", start.Activation, options.Activation, "Activation is");
        Compare("residual layers", start.Residual, options.Residual, "Residual is");
        bool hasFeedback = start.Network[0, 0].Feedback is not null;
        if (!hasFeedback && options.UsesFeedback)
        {
            throw new InvalidOperationException(
                $"The start model was trained by backpropagation and has no feedback, which {nameof(SalTrainingOptions.Rule)} "
                + $"{options.Rule} needs. Train it further by backpropagation, or train a new model.");
        }

        void Compare<T>(string what, T model, T asked, string who)
        {
            if (!Equals(model, asked))
            {
                throw new InvalidOperationException(
                    $"The start model cannot be trained further here: {what}: {model} in the model, but {who} {asked}. "
                    + "Use the data and options it was trained with, or train a new model.");
            }
        }
    }
}
