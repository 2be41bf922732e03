using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>The inputs of a training run.</summary>
/// <param name="Rows">The rows to train on, without those held out.</param>
/// <param name="ValidationRows">The rows to validate on, or null.</param>
/// <param name="Start">The model to continue from, which replaces the shared phase and the partition; or null.</param>
internal sealed record TrainingInputs(TrainingSet Rows, TrainingSet? ValidationRows, SalModel? Start);
