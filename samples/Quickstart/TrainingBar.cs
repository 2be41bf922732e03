using System.Globalization;
using Sal.Core.Training;
using Spectre.Console;

namespace Quickstart;

/// <summary>Shows the figures of each epoch on a progress bar.</summary>
internal sealed class TrainingBar : IProgress<SalTrainingProgress>
{
    private readonly ProgressTask _bar;
    private readonly string _name;

    private TrainingBar(ProgressTask bar, string name) => (_bar, _name) = (bar, name);

    public static T Show<T>(string name, Func<IProgress<SalTrainingProgress>, T> train) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context => train(new TrainingBar(context.AddTask(name), name)));

    public void Report(SalTrainingProgress value)
    {
        SalEpoch epoch = value.Epoch;
        _bar.MaxValue = value.NumberOfEpochs;
        _bar.Value = value.FinishedEpochs;
        _bar.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{_name}: epoch {epoch.Epoch}, loss {epoch.TrainingLoss:F4}, accuracy {epoch.TrainingAccuracy:F4}");
    }
}
