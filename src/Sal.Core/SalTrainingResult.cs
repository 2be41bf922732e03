using Sal.Core.Model;

namespace Sal.Core.Training;

/// <summary>The result of training.</summary>
/// <param name="Model">The model. It depends only on the data, the options and the seed.</param>
/// <param name="History">The epochs. They include wall-clock times, so the history is kept apart from the model.</param>
public sealed record SalTrainingResult(SalModel Model, SalTrainingHistory History);
