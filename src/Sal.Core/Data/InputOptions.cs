namespace Sal.Core.Data;

/// <summary>The options that decide how rows are encoded.</summary>
/// <param name="Scaling">The scaling of the features.</param>
/// <param name="Clip">The bound on the absolute value of a scaled feature; null for none.</param>
/// <param name="ThresholdsPerFeature">The most pieces of the code per feature; null to choose it from the rows.</param>
/// <param name="StepsPerFeature">The most steps per feature where the classes change.</param>
/// <param name="Seed">The seed of the sample that stands for large sets.</param>
internal sealed record InputOptions(InputScaling Scaling, double? Clip, int? ThresholdsPerFeature, int StepsPerFeature, int Seed);
