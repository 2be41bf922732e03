using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The page: a head with the style, and its sections in order.</summary>
internal static class ReportPage
{
    public static string Render(SalMulticlassModelParameters model, MulticlassClassificationMetrics? metrics) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title>SAL training report</title>
        <style>
        {ReportStyle.Css}
        </style>
        </head>
        <body>
        <main>
        <h1>SAL training report</h1>
        <p class="lead">{Summary(model)}</p>
        {KeyFigures.Render(model, metrics)}
        {TrainingCurves.Render(model.History.Epochs)}
        {AreaLoads.Render(model)}
        {ConfusionSection.Render(metrics)}
        {LayoutSection.Render(model)}
        </main>
        </body>
        </html>

        """;

    private static string Summary(SalMulticlassModelParameters model) =>
        $"{Markup.Count(model.ClassCount)} classes from {Markup.Count(model.FeatureCount)} features, by {Markup.Count(model.NumberOfLayers)} hidden layers of "
        + $"{Markup.Count(model.HiddenUnits)} units in {(model.NumberOfAreas == 1 ? "one area" : $"{Markup.Count(model.NumberOfAreas)} areas")}.";
}
