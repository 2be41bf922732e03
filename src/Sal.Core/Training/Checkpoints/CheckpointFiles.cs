using System.Diagnostics;
using Sal.Core.Files;
using Sal.Core.Network;
using Sal.Core.Training.Step;

namespace Sal.Core.Training.Checkpoints;

/// <summary>
/// The latest checkpoint of a run and the previous one, on disk: writes checkpoints at intervals and finds the one to resume from. At least
/// one of the two is intact at any moment.
/// </summary>
internal sealed class CheckpointFiles
{
    private readonly string _path;
    private readonly string _previousPath;
    private readonly double _intervalSeconds;
    private readonly bool _isResumed;
    private readonly TrainingFingerprint _fingerprint;
    private readonly ISalTrainingObserver _observer;
    private readonly HashSet<(Type, int)> _causes = []; // causes of failures that were already reported
    private long _lastTime = Stopwatch.GetTimestamp();
    private int _lastEpoch = -1; // number of finished epochs at the last checkpoint
    private bool _isNewestIntact;

    /// <param name="options">Options with a checkpoint path.</param>
    /// <exception cref="IOException">The checkpoint path cannot be written.</exception>
    public CheckpointFiles(SalTrainingOptions options, TrainingFingerprint fingerprint, ISalTrainingObserver observer)
    {
        _path = AtomicFile.Resolve(options.CheckpointPath!);
        _previousPath = $"{_path}.previous";
        _intervalSeconds = options.CheckpointIntervalSeconds;
        _isResumed = options.Resume;
        _fingerprint = fingerprint;
        _observer = observer;
        try
        {
            AtomicFile.CheckIsWritable(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"No checkpoint can be written to {nameof(SalTrainingOptions.CheckpointPath)} '{_path}': {exception.Message} "
                + "Give a file in a folder that exists and may be written.", exception);
        }
    }

    /// <summary>Reads the state to resume from; null to start from the beginning.</summary>
    /// <param name="shape">The layout that the networks must have, apart from the number of areas.</param>
    /// <param name="parameterPass">The pass that defines which moments are stored.</param>
    /// <exception cref="InvalidDataException">There are checkpoints, but none can be read.</exception>
    /// <exception cref="InvalidOperationException">The checkpoint belongs to other data or options.</exception>
    public TrainingState? Resume(NetworkShape shape, ParameterPass parameterPass)
    {
        if (!_isResumed)
        {
            return null;
        }

        List<string> failures = [];
        foreach (string path in new[] { _path, _previousPath }.Where(File.Exists))
        {
            try
            {
                using var stream = new FileStream(
                    path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
                TrainingState state = CheckpointFile.Read(stream, fingerprint => CheckFingerprint(path, fingerprint), shape, parameterPass);
                _lastEpoch = state.FinishedEpochs;
                _isNewestIntact = path == _path;
                failures.ForEach(failure => _observer.OnWarning(
                    $"The checkpoint {failure}. Training resumes from the previous one, after {state.FinishedEpochs} epochs; "
                    + "the model will be the same."));
                return state;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                failures.Add($"'{path}' cannot be read: {exception.Message.TrimEnd('.')}");
            }
        }

        return failures.Count == 0
            ? null
            : throw new InvalidDataException(
                $"There is no checkpoint to resume from: {string.Join("; ", failures)}. Restore it from a copy; or, to train from the "
                + $"beginning, delete it or set {nameof(SalTrainingOptions.Resume)} to false.");
    }

    /// <summary>Writes a checkpoint if one is due. A failure only causes a warning, once per cause, and training continues.</summary>
    /// <param name="isLast">Whether to write a checkpoint even if the interval has not passed.</param>
    public void Save(TrainingState state, bool isLast)
    {
        if (state.FinishedEpochs == _lastEpoch || !(isLast || Stopwatch.GetElapsedTime(_lastTime).TotalSeconds >= _intervalSeconds))
        {
            return;
        }

        try
        {
            // A file that this run neither wrote nor read is not kept, because it would replace a checkpoint that is known to be intact.
            AtomicFile.Write(_path, stream => CheckpointFile.Write(stream, _fingerprint, state), _isNewestIntact ? _previousPath : null);
            _lastEpoch = state.FinishedEpochs;
            _isNewestIntact = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_causes.Add((exception.GetType(), exception.HResult)))
            {
                _observer.OnWarning(
                    $"A checkpoint after {state.FinishedEpochs} epochs could not be written to '{_path}': {exception.Message} "
                    + "Training continues and tries again at the next checkpoint; the last checkpoint is kept.");
            }
        }

        _lastTime = Stopwatch.GetTimestamp();
    }

    private void CheckFingerprint(string path, TrainingFingerprint fingerprint)
    {
        string differences = _fingerprint.Differences(fingerprint);
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                $"The checkpoint '{path}' belongs to another training run: {differences}. Use the data and options that it was written "
                + $"with; or, to train from the beginning, set {nameof(SalTrainingOptions.CheckpointPath)} to another file or "
                + $"{nameof(SalTrainingOptions.Resume)} to false.");
        }
    }
}
