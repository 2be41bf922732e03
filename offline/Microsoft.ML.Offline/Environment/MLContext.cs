using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The entry point: the environment, and catalogs of what can be done in it.</summary>
public sealed class MLContext : IHostEnvironment, ICancelable
{
    private readonly HostEnvironment environment;

    public MLContext(int? seed = null)
    {
        environment = new HostEnvironment(seed, entry => Log?.Invoke(this, entry));
        Data = new DataOperationsCatalog(this);
        Transforms = new TransformsCatalog(this);
        Model = new ModelOperationsCatalog(this);
        MulticlassClassification = new MulticlassClassificationCatalog(this);
    }

    /// <summary>Every message of every component.</summary>
    public event EventHandler<LoggingEventArgs> Log;

    public DataOperationsCatalog Data { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public MulticlassClassificationCatalog MulticlassClassification { get; }

    public ComponentCatalog ComponentCatalog => environment.ComponentCatalog;

    string IExceptionContext.ContextDescription => environment.ContextDescription;

    bool ICancelable.IsCanceled => environment.IsCanceled;

    internal int? Seed => environment.Seed;

    void ICancelable.CancelExecution() => CancelExecution();

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => environment.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => environment.Start(name);

    IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => environment.StartPipe<TMessage>(name);

    IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => environment.StartProgressChannel(name);

    TException IExceptionContext.Process<TException>(TException ex) => ex;

    internal void CancelExecution() => environment.CancelExecution();
}
