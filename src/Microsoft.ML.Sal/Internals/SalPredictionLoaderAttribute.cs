using Microsoft.ML.Trainers.Sal;

[assembly: SalPredictionLoader]

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Registers the loader of <see cref="SalMulticlassPredictionTransformer"/> with ML.NET.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SalPredictionLoaderAttribute() : LoaderAttribute(
    static () => typeof(SalMulticlassPredictionTransformer), "SAL multiclass scores", SalMulticlassPredictionTransformer.LoaderSignature);
