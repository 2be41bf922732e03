using Sal.Core.Data;
using Sal.Core.Training.Routing;

namespace Sal.Core.Training.Step;

/// <summary>The rows that a run learns from, and how they reach the network.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Transform">What is done to their features.</param>
/// <param name="ClassWeights">What the example weights of each class are multiplied by.</param>
/// <param name="Areas">The area of each row.</param>
internal sealed record TrainingData(TrainingSet Rows, InputTransform Transform, double[] ClassWeights, RowAreas Areas);
