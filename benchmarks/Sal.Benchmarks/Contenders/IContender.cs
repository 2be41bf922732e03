namespace Sal.Benchmarks.Contenders;

/// <summary>Something that learns from rows and scores others.</summary>
internal interface IContender
{
    /// <summary>The name that <c>--contenders</c> picks it by.</summary>
    string Name { get; }

    /// <summary>The line of a chart that it is a point of; null for none.</summary>
    string? Series => null;

    /// <summary>Why it cannot run on this machine; null where it can.</summary>
    string? Obstacle { get; }

    /// <summary>Trains, and scores the test rows.</summary>
    Outcome Run(Trial trial, CancellationToken cancellationToken);
}
