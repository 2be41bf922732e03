using Microsoft.Extensions.Options;

namespace ScoringService.Models;

/// <summary>
/// Watches the models' files. When a changed file has settled, it is loaded while the old version keeps answering; the new version then
/// answers all requests that begin afterwards. A bad file affects the log and the metrics only.
/// </summary>
internal sealed partial class ModelReloading(
    ModelCatalog catalog, ServiceMetrics metrics, IOptions<ServiceOptions> options, ILogger<ModelReloading> logger) : BackgroundService
{
    // Not disposed: a late notification may still release it, and it holds no handle.
    private readonly SemaphoreSlim _changed = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using Watchers watchers = Watch();
        TimeSpan poll = TimeSpan.FromSeconds(options.Value.ReloadPollSeconds);
        TimeSpan settle = TimeSpan.FromSeconds(options.Value.ReloadSettleSeconds);
        while (!stoppingToken.IsCancellationRequested)
        {
            bool unsettled = false;
            foreach (ServedModel model in catalog.Models)
            {
                unsettled |= !TryReload(model);
            }

            if (unsettled)
            {
                await Task.Delay(settle, stoppingToken);
            }
            else
            {
                await _changed.WaitAsync(poll, stoppingToken);
            }
        }
    }

    /// <summary>Loads a file that has changed, once it is the same as at the previous check.</summary>
    /// <returns>Whether there is nothing more to do until the file changes.</returns>
    private bool TryReload(ServedModel model)
    {
        FileStamp? stamp = FileStamp.Read(model.Path);
        bool settled = stamp == model.Seen;
        model.Seen = stamp;
        if (stamp == model.Tried)
        {
            return true;
        }

        if (!settled)
        {
            return false;
        }

        model.Tried = stamp;
        if (stamp is null)
        {
            LogMissing(model.Name, model.Path, model.Current.Version);
            metrics.ReloadFailed(model.Name);
            return true;
        }

        try
        {
            byte[] file = File.ReadAllBytes(model.Path);
            if (FileStamp.Read(model.Path) != stamp)
            {
                model.Tried = null; // it was written to in the meantime: check again
                return false;
            }

            if (LoadedModel.ComputeVersion(file) == model.Current.Version)
            {
                return true;
            }

            string old = model.Current.Version;
            model.Current = LoadedModel.Load(model.Name, file);
            metrics.Reloaded(model.Name, old, model.Current.Version);
            LogReloaded(model.Name, old, model.Current.Version);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            metrics.ReloadFailed(model.Name);
            LogBad(model.Name, model.Path, model.Current.Version, exception.Message);
        }

        return true;
    }

    private Watchers Watch()
    {
        var watchers = new Watchers();
        foreach (string folder in catalog.Models.Select(model => Path.GetDirectoryName(model.Path)!).Distinct())
        {
            try
            {
                watchers.Add(folder, () => _changed.Release());
            }
            catch (Exception exception) when (exception is IOException or ArgumentException or PlatformNotSupportedException)
            {
                LogUnwatched(folder, options.Value.ReloadPollSeconds, exception.Message); // such as a limit on watches
            }
        }

        return watchers;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model '{Name}': version {New} replaces {Old}.")]
    private partial void LogReloaded(string name, string old, string @new);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Model '{Name}': the new file '{Path}' cannot be loaded; version {Version} keeps answering. {Reason}")]
    private partial void LogBad(string name, string path, string version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model '{Name}': the file '{Path}' is gone; version {Version} keeps answering.")]
    private partial void LogMissing(string name, string path, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Folder}' cannot be watched; its files are checked every {Seconds} s. {Reason}")]
    private partial void LogUnwatched(string folder, double seconds, string reason);

    /// <summary>Receives the file system's notifications, with one watcher per folder.</summary>
    private sealed class Watchers : IDisposable
    {
        private readonly List<FileSystemWatcher> _watchers = [];

        public void Add(string folder, Action changed)
        {
            const NotifyFilters Changes = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size;
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = Changes };
            _watchers.Add(watcher);
            watcher.Created += (_, _) => changed();
            watcher.Changed += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.Deleted += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
        }

        public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());
    }
}
