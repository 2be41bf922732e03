using System.Globalization;
using Microsoft.ML.Runtime;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Tells how training goes: lines for the host's log, figures for its progress channel and for the listener of the options.</summary>
internal sealed class TrainingReport : IProgress<SalTrainingProgress>, IProgress<string>, IDisposable
{
    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly SalTrainingOptions _options;
    private SalTrainingOptions _chosen;
    private readonly IProgress<SalTrainingProgress>? _listener;

    public TrainingReport(IHost host, IChannel channel, SalTrainingOptions options, IProgress<SalTrainingProgress>? listener)
    {
        _host = host;
        _channel = channel;
        _options = _chosen = options;
        _listener = listener;
        _progress = host.StartProgressChannel("SAL training");
    }

    /// <summary>Training starts, with the options that were left open chosen.</summary>
    public void Starts(TrainingSet rows, TrainingSet? validationRows, SalTrainingOptions chosen)
    {
        _chosen = chosen;
        _progress.SetHeader(new ProgressHeader(["Loss", "Training accuracy"], ["epochs"]), entry => entry.SetProgress(0, 0, chosen.NumberOfEpochs!.Value));
        string validation = validationRows is null ? "" : $", validating on {validationRows.RowCount}";
        Say($"Learning {rows.RowCount} rows of {rows.FeatureCount} features and {rows.ClassCount} classes{validation} with {_options.NumberOfLayers} layers of "
            + $"{_options.HiddenUnits} units, rule {_options.Rule}, {chosen.NumberOfEpochs} epochs.");
        if (rows.BytesInFiles > 0)
        {
            Say($"The rows do not fit MaximumCacheMegabytes: {rows.BytesInFiles >> 20} MB of them are read from temporary files in each epoch.");
        }

        if (_options.UnbalancedSets)
        {
            IEnumerable<string> weights = SalTrainer.ClassWeights(rows).Select(weight => weight.ToString("G4", CultureInfo.InvariantCulture));
            Say($"UnbalancedSets: class weights {string.Join(", ", weights)}.");
        }
    }

    public void Report(SalTrainingProgress value)
    {
        SalEpoch epoch = value.Epoch;
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"loss {epoch.TrainingLoss:F4}, training accuracy {epoch.TrainingAccuracy:F4}, learning rate {epoch.LearningRate:G3}, {epoch.Seconds:F2} s");
        Say($"Epoch {epoch.Epoch}/{_chosen.NumberOfEpochs} ({epoch.Phase}): {figures}{Validation(epoch)}{Loads(epoch)}.");
        _progress.SetHeader(
            new ProgressHeader(["Loss", "Training accuracy"], ["epochs"]),
            entry =>
            {
                entry.SetProgress(0, value.FinishedEpochs, value.NumberOfEpochs);
                entry.SetMetric(0, epoch.TrainingLoss);
                entry.SetMetric(1, epoch.TrainingAccuracy);
            });
        _progress.Checkpoint(epoch.TrainingLoss, epoch.TrainingAccuracy, value.FinishedEpochs, value.NumberOfEpochs);
        _listener?.Report(value);
        _host.CheckAlive();
    }

    /// <summary>A warning of the engine.</summary>
    public void Report(string value) => _channel.Warning(MessageSensitivity.None, value);

    public void Ends(SalModel model, bool seedWasDrawn)
    {
        List<string> chosen = [];
        if (_options.NumberOfAreas is null)
        {
            chosen.Add($"NumberOfAreas = {model.NumberOfAreas}");
        }

        if (_options.NumberOfEpochs is null)
        {
            chosen.Add($"NumberOfEpochs = {_chosen.NumberOfEpochs}");
        }

        if (_options.BatchSize is null)
        {
            chosen.Add($"BatchSize = {_chosen.BatchSize}");
        }

        if (_options.AreaBatchSize is null)
        {
            chosen.Add($"AreaBatchSize = {_chosen.AreaBatchSize}");
        }

        if (seedWasDrawn)
        {
            chosen.Add($"Seed = {_options.Seed}");
        }

        if (_options.NumberOfThreads is null)
        {
            chosen.Add($"NumberOfThreads = {Environment.ProcessorCount}");
        }

        if (chosen.Count > 0)
        {
            Say($"Auto-tuning parameters: {string.Join(", ", chosen)}.");
        }

        Say($"Learned {model.ParameterCount} parameters, of which {model.ActiveParameterCount} are active for a row.");
    }

    public void Dispose() => _progress.Dispose();

    private static string Validation(SalEpoch epoch) => epoch.ValidationLoss is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", validation loss {epoch.ValidationLoss:F4}, validation accuracy {epoch.ValidationAccuracy:F4}");

    private static string Loads(SalEpoch epoch) => epoch.AreaLoads.Count > 1 ? $", {epoch.AreaLoads.Min()} to {epoch.AreaLoads.Max()} rows an area" : "";

    private void Say(string line) => _channel.Info(MessageSensitivity.None, line);
}
