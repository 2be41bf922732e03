using Microsoft.ML;

namespace Sweep;

/// <summary>Represents a pipeline to try.</summary>
/// <param name="Trainer">The name of its trainer.</param>
/// <param name="Settings">The values of the trainer's search space.</param>
/// <param name="Build">Builds the pipeline. Its training ends early when the token is canceled, if the trainer can do that.</param>
internal sealed record Candidate(string Trainer, object Settings, Func<MLContext, CancellationToken, IEstimator<ITransformer>> Build);
