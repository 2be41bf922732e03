using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>What training gave.</summary>
/// <param name="Model">The model: a function of data, options and seed alone.</param>
/// <param name="History">The epochs. Holds wall-clock times, so it is kept apart from the model.</param>
public sealed record SalTrainingResult(SalModel Model, SalTrainingHistory History);
