namespace Microsoft.ML;

/// <summary>What a trainer needs of its data, and what it can do.</summary>
public sealed class TrainerInfo
{
    internal TrainerInfo(
        bool normalization = true,
        bool calibration = false,
        bool caching = true,
        bool supportValid = false,
        bool supportIncrementalTrain = false,
        bool supportTest = false)
    {
        NeedNormalization = normalization;
        NeedCalibration = calibration;
        WantCaching = caching;
        SupportsValidation = supportValid;
        SupportsIncrementalTraining = supportIncrementalTrain;
        SupportsTest = supportTest;
    }

    public bool NeedNormalization { get; }

    public bool WantCaching { get; }

    internal bool NeedCalibration { get; }

    internal bool SupportsValidation { get; }

    internal bool SupportsTest { get; }

    internal bool SupportsIncrementalTraining { get; }
}
