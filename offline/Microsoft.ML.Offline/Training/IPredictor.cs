namespace Microsoft.ML;

/// <summary>What a model predicts.</summary>
internal enum PredictionKind
{
    Unknown = 0,
    Custom = 1,
    BinaryClassification = 2,
    MulticlassClassification = 3,
    Regression = 4,
    MultiOutputRegression = 5,
    Ranking = 6,
    Recommendation = 7,
    AnomalyDetection = 8,
    Clustering = 9,
    SequenceClassification = 10,
}

internal interface IPredictor
{
    PredictionKind PredictionKind { get; }
}

internal interface IPredictorProducing<out TResult> : IPredictor
{
}
