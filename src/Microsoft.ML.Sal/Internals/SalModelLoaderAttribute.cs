using Microsoft.ML.Trainers.Sal;

[assembly: SalModelLoader]

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Registers the loader of saved models with ML.NET. ML.NET creates this attribute before it inspects any class of this assembly, which
/// makes it the place to check that they can be loaded.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SalModelLoaderAttribute() : LoadableClassAttributeBase(
    null,
    Checked(static () => typeof(SalMulticlassModelParameters)),
    Checked(static () => typeof(SalMulticlassModelParameters)),
    null,
    [Checked(static () => typeof(SignatureLoadModel))],
    "SAL multiclass model",
    SalMulticlassModelParameters.LoaderSignature)
{
    // The runtime loads a type when it compiles the method that names it: each lambda is such a method.
    private static Type Checked(Func<Type> type)
    {
        MLNetCompatibility.Check();
        return type();
    }
}
