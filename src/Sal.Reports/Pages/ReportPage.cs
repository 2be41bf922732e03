using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Reports.Sections;

namespace Sal.Reports.Pages;

/// <summary>The training report: its sections in order.</summary>
internal static class ReportPage
{
    public static string Render(
        SalMulticlassModelParameters model, MulticlassClassificationMetrics? metrics, EvaluatedClasses? classes) => PageFrame.Render(
        "SAL training report", Summary(model),
        [
            KeyFigures.Render(model, metrics),
            TrainingSection.Render(model.History.Epochs),
            AreaSection.Render(model),
            ConfusionSection.Render(metrics?.ConfusionMatrix, classes),
            ModelSection.Render(model),
        ]);

    private static string Summary(SalMulticlassModelParameters model)
    {
        string areas = model.NumberOfAreas == 1 ? "one area" : $"{Markup.Count(model.NumberOfAreas)} areas";
        return $"{Markup.Count(model.ClassCount)} classes from {Markup.Count(model.FeatureCount)} features, "
            + $"by {Markup.Count(model.NumberOfLayers)} hidden layers of {Markup.Count(model.HiddenUnits)} units in {areas}.";
    }
}
