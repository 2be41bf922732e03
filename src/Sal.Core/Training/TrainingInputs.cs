using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>The inputs of a training run.</summary>
/// <param name="Rows">The rows to train on, without those held out.</param>
/// <param name="ValidationRows">The rows to validate on, or null.</param>
/// <param name="Start">The model to continue from, which replaces the shared phase and the partition; or null.</param>
/// <param name="Encoding">The encoding of the features; null to take that of the start model or to fit it to the rows.</param>
internal sealed record TrainingInputs(
    TrainingSet Rows, TrainingSet? ValidationRows = null, SalModel? Start = null, InputEncoding? Encoding = null);
