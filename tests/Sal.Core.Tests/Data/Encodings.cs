using Sal.Core.Data;

namespace Sal.Core.Tests.Data;

/// <summary>Input encodings for tests.</summary>
internal static class Encodings
{
    /// <summary>Gets the defaults of training.</summary>
    public static InputOptions Options { get; } =
        new(InputScaling.PerFeature, Clip: 4, ThresholdsPerFeature: null, StepsPerFeature: 0, Seed: 1);

    /// <summary>Creates an encoding that leaves the features as they are.</summary>
    public static InputEncoding Unchanged(int features) => new(
        features, [.. Enumerable.Range(0, features).Select(i => new SalInput(i, 0, 1, -float.MaxValue, float.MaxValue, Missing: 0))]);

    public static InputEncoding Fit(TrainingSet set, InputOptions? options = null) =>
        InputEncodingFit.Fit(set, FeatureMoments.Measure(set, CancellationToken.None), options ?? Options, CancellationToken.None);
}
