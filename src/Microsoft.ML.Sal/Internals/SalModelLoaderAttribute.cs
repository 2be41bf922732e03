using Microsoft.ML.Trainers.Sal;

[assembly: SalModelLoader]

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Registers the loader of saved models with ML.NET.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SalModelLoaderAttribute() : LoaderAttribute(
    static () => typeof(SalMulticlassModelParameters), "SAL multiclass model", SalMulticlassModelParameters.LoaderSignature);
