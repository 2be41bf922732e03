using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The training report: its sections in order.</summary>
internal static class ReportPage
{
    public static string Render(SalMulticlassModelParameters model, MulticlassClassificationMetrics? metrics) => PageFrame.Render(
        "SAL training report", Summary(model),
        [
            KeyFigures.Render(model, metrics), TrainingCurves.Render(model.History.Epochs), AreaLoads.Render(model), ConfusionSection.Render(metrics),
            LayoutSection.Render(model),
        ]);

    private static string Summary(SalMulticlassModelParameters model) =>
        $"{Markup.Count(model.ClassCount)} classes from {Markup.Count(model.FeatureCount)} features, by {Markup.Count(model.NumberOfLayers)} hidden layers of "
        + $"{Markup.Count(model.HiddenUnits)} units in {(model.NumberOfAreas == 1 ? "one area" : $"{Markup.Count(model.NumberOfAreas)} areas")}.";
}
