using System.Globalization;

namespace Microsoft.ML.Runtime;

/// <summary>The environment of an <see cref="MLContext"/> (the root), and of every component registered below it.</summary>
internal sealed class HostEnvironment : IHost, ICancelable
{
    private readonly HostEnvironment root;
    private readonly string name;
    private readonly Action<LoggingEventArgs> log;
    private readonly Lock seeding = new();
    private volatile bool canceled;

    public HostEnvironment(int? seed, Action<LoggingEventArgs> log)
    {
        root = this;
        this.log = log;
        ComponentCatalog = new ComponentCatalog();
        Seed = seed;
        Rand = seed is { } value ? new Random(value) : new Random();
    }

    private HostEnvironment(HostEnvironment parent, string name, int? seed)
    {
        root = parent.root;
        this.name = name;
        ComponentCatalog = parent.ComponentCatalog;
        Seed = seed ?? parent.Seed;
        Rand = new Random(seed ?? parent.NextSeed());
    }

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand { get; }

    public int? Seed { get; }

    public string ContextDescription => nameof(HostEnvironment);

    public bool IsCanceled => root.canceled;

    public void CancelExecution() => root.canceled = true;

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        return new HostEnvironment(this, name, seed);
    }

    public IChannel Start(string name) => new Channel(this, SourceOf(name));

    public IPipe<TMessage> StartPipe<TMessage>(string name) => new SilentPipe<TMessage>(this);

    public IProgressChannel StartProgressChannel(string name) => new ProgressChannel(this, SourceOf(name));

    public TException Process<TException>(TException ex)
        where TException : Exception => ex;

    public void Log(string source, ChannelMessageKind kind, string message) => root.log(new LoggingEventArgs(message, kind, source));

    private string SourceOf(string activity) => name is null ? activity : $"{name}; {activity}";

    private int NextSeed()
    {
        lock (seeding)
        {
            return Rand.Next();
        }
    }

    private class SilentPipe<TMessage>(HostEnvironment host) : IPipe<TMessage>
    {
        public string ContextDescription => host.ContextDescription;

        protected HostEnvironment Host => host;

        public TException Process<TException>(TException ex)
            where TException : Exception => ex;

        public virtual void Send(TMessage msg)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Channel(HostEnvironment host, string source) : SilentPipe<ChannelMessage>(host), IChannel
    {
        public override void Send(ChannelMessage msg) => Host.Log(source, msg.Kind, msg.Message);

        public void Trace(MessageSensitivity sensitivity, string fmt) => Host.Log(source, ChannelMessageKind.Trace, fmt);

        public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Trace(sensitivity, Format(fmt, args));

        public void Error(MessageSensitivity sensitivity, string fmt) => Host.Log(source, ChannelMessageKind.Error, fmt);

        public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Error(sensitivity, Format(fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Host.Log(source, ChannelMessageKind.Warning, fmt);

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Warning(sensitivity, Format(fmt, args));

        public void Info(MessageSensitivity sensitivity, string fmt) => Host.Log(source, ChannelMessageKind.Info, fmt);

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Info(sensitivity, Format(fmt, args));

        private static string Format(string format, object[] args) => string.Format(CultureInfo.InvariantCulture, format, args);
    }

    /// <summary>Progress is accepted and shown nowhere.</summary>
    private sealed class ProgressChannel(HostEnvironment host, string name) : IProgressChannel
    {
        public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction)
        {
        }

        public void Checkpoint(params double?[] values)
        {
        }

        public IProgressChannel StartProgressChannel(string child) => new ProgressChannel(host, $"{name}; {child}");

        public void Dispose()
        {
        }
    }
}
