namespace Microsoft.ML.Runtime;

/// <summary>What every component works in: the source of channels, progress, randomness and loadable classes.</summary>
public interface IHostEnvironment : IChannelProvider, IProgressChannelProvider
{
    ComponentCatalog ComponentCatalog { get; }

    /// <summary>Makes a child environment for one component.</summary>
    IHost Register(string name, int? seed = null, bool? verbose = null);
}

public interface IHost : IHostEnvironment
{
    Random Rand { get; }
}

public interface IExceptionContext
{
    string ContextDescription { get; }

    TException Process<TException>(TException ex)
        where TException : Exception;
}

internal interface ICancelable
{
    bool IsCanceled { get; }

    void CancelExecution();
}
