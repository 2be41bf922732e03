using System.Globalization;
using Microsoft.ML.Runtime;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Tells how training goes: lines for the host's log, figures for its progress channel and for the listener of the options.</summary>
internal sealed class TrainingReport : IProgress<SalTrainingProgress>, IDisposable
{
    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly IProgress<SalTrainingProgress>? _listener;

    public TrainingReport(IHost host, IChannel channel, IProgress<SalTrainingProgress>? listener)
    {
        _listener = listener;
        _host = host;
        _channel = channel;
        _progress = host.StartProgressChannel("SAL training");
    }

    public void Starts(TrainingSet rows, SalTrainingOptions options, bool seedWasDrawn)
    {
        _progress.SetHeader(new ProgressHeader(["Loss", "Training accuracy"], ["epochs"]), entry => entry.SetProgress(0, 0, options.NumberOfEpochs));
        Say($"Learning {rows.RowCount} rows of {rows.FeatureCount} features and {rows.ClassCount} classes with {options.NumberOfLayers} layers of {options.HiddenUnits} units, "
            + $"rule {options.Rule}, {options.NumberOfEpochs} epochs.");
        if (seedWasDrawn)
        {
            Say($"Chosen automatically: Seed = {options.Seed}, drawn from the MLContext.");
        }

        if (options.NumberOfThreads is null)
        {
            Say($"Chosen automatically: NumberOfThreads = {Environment.ProcessorCount}, one for each processor.");
        }
    }

    public void Report(SalTrainingProgress value)
    {
        SalEpoch epoch = value.Epoch;
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"loss {epoch.TrainingLoss:F4}, training accuracy {epoch.TrainingAccuracy:F4}, learning rate {epoch.LearningRate:G3}, {epoch.Seconds:F2} s");
        Say($"Epoch {epoch.Epoch}/{value.NumberOfEpochs} ({epoch.Phase}): {figures}{Loads(epoch)}.");
        _progress.SetHeader(
            new ProgressHeader(["Loss", "Training accuracy"], ["epochs"]),
            entry =>
            {
                entry.SetProgress(0, epoch.Epoch, value.NumberOfEpochs);
                entry.SetMetric(0, epoch.TrainingLoss);
                entry.SetMetric(1, epoch.TrainingAccuracy);
            });
        _progress.Checkpoint(epoch.TrainingLoss, epoch.TrainingAccuracy, epoch.Epoch, value.NumberOfEpochs);
        _listener?.Report(value);
        _host.CheckAlive();
    }

    public void Ends(SalModel model, SalTrainingOptions options)
    {
        if (options.NumberOfAreas is null)
        {
            Say($"Chosen automatically: NumberOfAreas = {model.NumberOfAreas}, from the data.");
        }

        Say($"Learned {model.ParameterCount} parameters, of which {model.ActiveParameterCount} are active for a row.");
    }

    public void Dispose() => _progress.Dispose();

    private static string Loads(SalEpoch epoch) => epoch.AreaLoads.Count > 1 ? $", {epoch.AreaLoads.Min()} to {epoch.AreaLoads.Max()} rows an area" : "";

    private void Say(string line) => _channel.Info(MessageSensitivity.None, line);
}
