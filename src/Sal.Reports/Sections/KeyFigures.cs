using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Reports.Pages;

namespace Sal.Reports.Sections;

/// <summary>The figures at the head of the page.</summary>
internal static class KeyFigures
{
    public static string Render(SalMulticlassModelParameters model, MulticlassClassificationMetrics? metrics)
    {
        List<(string Name, string Value)> figures = [];
        if (metrics is not null)
        {
            figures.Add(("Micro accuracy", Markup.Percent(metrics.MicroAccuracy, 2)));
            figures.Add(("Macro accuracy", Markup.Percent(metrics.MacroAccuracy, 2)));
            if (metrics.TopKPredictionCount > 1)
            {
                figures.Add(($"Top {Markup.Count(metrics.TopKPredictionCount)} accuracy", Markup.Percent(metrics.TopKAccuracy, 2)));
            }

            figures.Add(("Log-loss (nats)", Markup.Number(metrics.LogLoss, "F4")));
            figures.Add(("Log-loss reduction", Markup.Percent(metrics.LogLossReduction, 2)));
            figures.Add(("Rows evaluated", Markup.Count(metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()))));
        }

        if (model.History.Epochs is [.., { } last] epochs)
        {
            figures.Add(("Epochs", Markup.Count(epochs.Count)));
            figures.Add(("Seconds to train", Markup.Number(epochs.Sum(epoch => epoch.Seconds), "F1")));
            figures.Add(("Training accuracy", Markup.Percent(last.TrainingAccuracy, 2)));
            if (BestEpoch.Find(epochs) is { ValidationAccuracy: { } accuracy } best)
            {
                figures.Add(($"Validation accuracy, epoch {Markup.Count(best.Epoch)}", Markup.Percent(accuracy, 2)));
            }
        }

        return $"""
            <dl class="figures">
            {string.Join('\n', figures.Select(figure => $"<div><dt>{figure.Name}</dt><dd>{figure.Value}</dd></div>"))}
            </dl>
            """;
    }
}
