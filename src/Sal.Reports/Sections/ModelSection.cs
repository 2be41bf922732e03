using System.Globalization;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;
using Sal.Reports.Pages;

namespace Sal.Reports.Sections;

/// <summary>The layout of the model, and a summary of its training history.</summary>
internal static class ModelSection
{
    public static string Render(SalMulticlassModelParameters model) =>
        $"""
        <section>
        <h2>Model</h2>
        <div class="pairs">
        {Facts(Layout(model))}
        {Facts(Training(model.History.Epochs))}
        </div>
        {Note(model.TrainingInfo)}
        </section>
        """;

    private static (string Name, string Value)[] Layout(SalMulticlassModelParameters model) =>
    [
        ("Features", Markup.Count(model.FeatureCount)),
        ("Classes", Markup.Count(model.ClassCount)),
        ("Hidden layers", Markup.Count(model.NumberOfLayers)),
        ("Units per hidden layer", Markup.Count(model.HiddenUnits)),
        ("Areas", Markup.Count(model.NumberOfAreas)),
        ("Layers split into areas", model.RoutedLayers.ToString()),
        ("Activation", model.Activation.ToString()),
        ("Residual", model.Residual ? "yes" : "no"),
        ("Parameters", Markup.Count(model.ParameterCount)),
        ("Parameters that a row uses", Markup.Count(model.ActiveParameterCount)),
    ];

    private static (string Name, string Value)[] Training(IReadOnlyList<SalEpoch> epochs)
    {
        if (epochs is not [{ } first, .., { } last])
        {
            return [];
        }

        return
        [
            ("Epochs", Markup.Count(epochs.Count)),
            ("Epochs of the shared phase", Markup.Count(epochs.Count(epoch => epoch.Phase == TrainingPhase.Shared))),
            ("Epochs of the routed phase", Markup.Count(epochs.Count(epoch => epoch.Phase == TrainingPhase.Routed))),
            ("Learning rate, first epoch", Markup.Number(first.LearningRate, "G3")),
            ("Learning rate, last epoch", Markup.Number(last.LearningRate, "G3")),
            ("Training rows", Markup.Count(last.AreaLoads.Sum(load => (long)load))),
            ("Training loss, last epoch (nats)", Markup.Number(last.TrainingLoss, "F4")),
            ("Training accuracy, last epoch", Markup.Percent(last.TrainingAccuracy, 2)),
            .. Optional("Validation loss, last epoch (nats)", last.ValidationLoss, loss => Markup.Number(loss, "F4")),
            .. Optional("Validation accuracy, last epoch", last.ValidationAccuracy, accuracy => Markup.Percent(accuracy, 2)),
            ("Seconds per epoch", Markup.Number(epochs.Average(epoch => epoch.Seconds), "0.###")),
        ];
    }

    private static string Note(SalTrainingInfo? info)
    {
        if (info is null)
        {
            return "";
        }

        string stopped = info.StoppedInEpoch is { } epoch
            ? $" Training was stopped in epoch {Markup.Count(epoch)}; the model is that of epoch {Markup.Count(info.KeptEpoch)}."
            : "";
        string versions = $"MLNet.Trainers.Sal {info.PackageVersion}, Microsoft.ML {info.MLNetVersion} and .NET {info.RuntimeVersion}";
        string date = info.Date.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"""<p class="note">Trained on {date} UTC with {Markup.Text(versions)}.{stopped}</p>""";
    }

    private static (string Name, string Value)[] Optional(string name, double? value, Func<double, string> format) =>
        value is { } known ? [(name, format(known))] : [];

    private static string Facts((string Name, string Value)[] facts) =>
        $"""
        <table class="facts">
        {string.Join('\n', facts.Select(fact => $"""<tr><th scope="row">{fact.Name}</th><td>{fact.Value}</td></tr>"""))}
        </table>
        """;
}
