namespace Sal.Benchmarks.Contenders;

/// <summary>A classifier to measure: it learns from some rows and scores others.</summary>
internal interface IContender
{
    /// <summary>Gets the name that <c>--contenders</c> picks it by.</summary>
    string Name { get; }

    /// <summary>Gets the line of a chart that it is a point of; null for none.</summary>
    string? Series => null;

    /// <summary>Gets why it cannot run on this machine; null if it can.</summary>
    string? Obstacle { get; }

    /// <summary>Trains a model, and scores the test rows.</summary>
    Outcome Run(Trial trial, CancellationToken cancellationToken);
}
