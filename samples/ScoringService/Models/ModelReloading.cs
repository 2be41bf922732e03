using Microsoft.Extensions.Options;

namespace ScoringService.Models;

/// <summary>
/// Watches the models' files. A changed file that has settled is loaded while the old version goes on answering; then the new version takes
/// its place for all requests that begin after that. A bad file changes nothing but the log and the metrics.
/// </summary>
internal sealed partial class ModelReloading(
    ModelCatalog catalog, ServiceMetrics metrics, IOptions<ServiceOptions> options, ILogger<ModelReloading> logger) : BackgroundService
{
    private readonly SemaphoreSlim _changed = new(0); // not disposed: a late notification may still release it, and it holds no handle

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

    /// <summary>Loads a file that has changed and is the same as at the last look.</summary>
    /// <returns>Whether there is nothing more to do until the file changes.</returns>
    private bool TryReload(ServedModel model)
    {
        FileStamp? stamp = FileStamp.Of(model.Path);
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
            if (FileStamp.Of(model.Path) != stamp)
            {
                model.Tried = null; // it was written to in the meantime: look again
                return false;
            }

            if (LoadedModel.VersionOf(file) == model.Current.Version)
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
        Message = "Model '{Name}': the new file '{Path}' cannot be loaded; version {Version} goes on answering. {Reason}")]
    private partial void LogBad(string name, string path, string version, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model '{Name}': the file '{Path}' is gone; version {Version} goes on answering.")]
    private partial void LogMissing(string name, string path, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Folder}' cannot be watched; its files are checked every {Seconds} s. {Reason}")]
    private partial void LogUnwatched(string folder, double seconds, string reason);

    /// <summary>The file system's notifications, one watcher per folder.</summary>
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
