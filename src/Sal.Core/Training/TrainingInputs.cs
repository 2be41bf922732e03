using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>What a run learns from.</summary>
/// <param name="Rows">The rows to learn from, without those held out.</param>
/// <param name="ValidationRows">The rows to validate on, or null.</param>
/// <param name="Start">The model to continue from, in place of the shared phase and the partition; or null.</param>
internal sealed record TrainingInputs(TrainingSet Rows, TrainingSet? ValidationRows, SalModel? Start);
