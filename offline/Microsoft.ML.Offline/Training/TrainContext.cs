using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What a trainer is given.</summary>
internal sealed class TrainContext
{
    public TrainContext(RoleMappedData trainingSet, RoleMappedData validationSet = null, RoleMappedData testSet = null, IPredictor initialPredictor = null)
    {
        ArgumentNullException.ThrowIfNull(trainingSet);
        TrainingSet = trainingSet;
        ValidationSet = validationSet;
        TestSet = testSet;
        InitialPredictor = initialPredictor;
    }

    public RoleMappedData TrainingSet { get; }

    public RoleMappedData ValidationSet { get; }

    public RoleMappedData TestSet { get; }

    public IPredictor InitialPredictor { get; }
}
