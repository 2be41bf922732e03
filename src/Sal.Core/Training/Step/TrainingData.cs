using Sal.Core.Data;
using Sal.Core.Training.Routing;

namespace Sal.Core.Training.Step;

/// <summary>The rows that a run trains on, and how they enter the network.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Encoding">The encoding of the features.</param>
/// <param name="ClassWeights">The factor per class by which example weights are multiplied.</param>
/// <param name="Areas">The area of each row.</param>
internal sealed record TrainingData(TrainingSet Rows, InputEncoding Encoding, double[] ClassWeights, RowAreas Areas);
