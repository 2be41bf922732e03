using System.Globalization;
using Microsoft.ML.Runtime;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Reports training: lines to the host's log, metrics to its progress channel, and progress to the receiver in the options.
/// </summary>
internal sealed class TrainingLog : ISalTrainingObserver, IDisposable
{
    private readonly IChannel _channel;
    private readonly IProgressChannel _progress;
    private readonly SalMulticlassTrainer.Options _options;
    private readonly TrainingSet _rows;
    private readonly TrainingSet? _validationRows;
    private readonly DataViewSchema.Column _features;
    private SalTrainingOptions _chosen;

    /// <param name="host">The host, for its progress channel.</param>
    /// <param name="channel">The channel to log to.</param>
    /// <param name="options">The options as the user gave them, before automatic choices.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="validationRows">The rows to validate on, or null.</param>
    /// <param name="features">The feature column.</param>
    public TrainingLog(
        IHost host, IChannel channel, SalMulticlassTrainer.Options options, TrainingSet rows, TrainingSet? validationRows,
        DataViewSchema.Column features)
    {
        _channel = channel;
        _progress = host.StartProgressChannel("SAL training");
        _options = options;
        _rows = rows;
        _validationRows = validationRows;
        _features = features;
        _chosen = options;
    }

    /// <summary>Gets the decisions made before training; null before it starts.</summary>
    public SalTrainingStart? Start { get; private set; }

    public void OnStarted(SalTrainingStart start)
    {
        Start = start;
        _chosen = start.Options;
        int epochs = _chosen.NumberOfEpochs!.Value;
        _progress.SetHeader(Header(), entry => entry.SetProgress(0, 0, epochs));
        string validation = _validationRows is null ? "" : $", validating on {_validationRows.RowCount}";
        Log($"Learning {_rows.RowCount} rows of {_rows.FeatureCount} features and {_rows.ClassCount} classes{validation} with "
            + $"{_chosen.NumberOfLayers} layers of {_chosen.HiddenUnits} units, rule {_options.Rule}, {epochs} epochs.");
        if (_rows.BytesInFiles > 0)
        {
            Log($"The rows do not fit MaximumCacheMegabytes: {_rows.BytesInFiles >> 20} MB of them are read from temporary files in each "
                + "epoch.");
        }

        if (_options.UnbalancedSets)
        {
            string weights = NameList.Join(
                start.ClassWeights.Count,
                index => string.Create(
                    CultureInfo.InvariantCulture, $"{LabelNames.Describe(_rows.ClassNames, index)} {start.ClassWeights[index]:G4}"));
            Log($"UnbalancedSets: class weights {weights}.");
        }

        if (start.InfiniteFeatures.Count > 0)
        {
            _channel.Warning(MessageSensitivity.Schema, FeatureNames.DescribeInfinite(_features, start.InfiniteFeatures));
        }

        // Among sparse features, such as hashed words, unused ones are usual.
        if (start.ConstantFeatures.Count > 0 && !_rows.IsSparse)
        {
            _channel.Warning(
                MessageSensitivity.Schema, FeatureNames.DescribeConstant(_features, start.ConstantFeatures, _rows.FeatureCount));
        }
    }

    public void OnCandidate(SalTrainingCandidate candidate) => Log(string.Create(
        CultureInfo.InvariantCulture,
        $"Candidate: NumberOfEpochs {candidate.NumberOfEpochs}, DropoutRate {candidate.DropoutRate}, WeightDecay {candidate.WeightDecay}, "
        + $"StepsPerFeature {candidate.StepsPerFeature}, NumberOfAreas {candidate.NumberOfAreas}: error {candidate.Error:F4}, loss {candidate.Loss:F4}, "
        + $"on {candidate.RowCount} held-out rows."));

    public void OnEpochEnded(SalTrainingProgress progress)
    {
        SalEpoch epoch = progress.Epoch;
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"loss {epoch.TrainingLoss:F4}, training accuracy {epoch.TrainingAccuracy:F4}, learning rate {epoch.LearningRate:G3}, "
            + $"{epoch.Seconds:F2} s");
        Log($"Epoch {epoch.Epoch}/{_chosen.NumberOfEpochs} ({epoch.Phase}): {figures}{Validation(epoch)}{Loads(epoch)}.");
        _progress.SetHeader(
            Header(),
            entry =>
            {
                entry.SetProgress(0, progress.FinishedEpochs, progress.NumberOfEpochs);
                entry.SetMetric(0, epoch.TrainingLoss);
                entry.SetMetric(1, epoch.TrainingAccuracy);
            });
        _progress.Checkpoint(epoch.TrainingLoss, epoch.TrainingAccuracy, progress.FinishedEpochs, progress.NumberOfEpochs);
        _options.Progress?.Report(progress);
    }

    public void OnWarning(string message) => _channel.Warning(MessageSensitivity.None, message);

    /// <summary>Logs whether training was stopped, the options that were chosen automatically, and the size of the model.</summary>
    /// <param name="result">The result of training.</param>
    /// <param name="seedWasDrawn">Whether the seed was drawn from the host's random numbers.</param>
    public void LogResult(SalTrainingResult result, bool seedWasDrawn)
    {
        SalModel model = result.Model;
        if (result.StoppedInEpoch is { } stopped)
        {
            double? loss = result.History.Epochs.Single(epoch => epoch.Epoch == result.KeptEpoch).ValidationLoss;
            string kept = loss is null
                ? "the last complete one"
                : string.Create(CultureInfo.InvariantCulture, $"the best on the validation rows (loss {loss:F4})");
            Log($"Training was stopped in epoch {stopped} of {_chosen.NumberOfEpochs}. "
                + $"The model is that of epoch {result.KeptEpoch}, {kept}.");
        }

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
            Log($"Auto-tuning parameters: {string.Join(", ", chosen)}.");
        }

        Log($"Learned {model.ParameterCount} parameters, of which {model.ActiveParameterCount} are active for a row.");
    }

    public void Dispose() => _progress.Dispose();

    private static ProgressHeader Header() => new(["Loss", "Training accuracy"], ["epochs"]);

    private static string Validation(SalEpoch epoch) => epoch.ValidationLoss is null
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $", validation loss {epoch.ValidationLoss:F4}, validation accuracy {epoch.ValidationAccuracy:F4}");

    private static string Loads(SalEpoch epoch) =>
        epoch.AreaLoads.Count > 1 ? $", {epoch.AreaLoads.Min()} to {epoch.AreaLoads.Max()} rows per area" : "";

    private void Log(string line) => _channel.Info(MessageSensitivity.None, line);
}
