namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Registers a class with ML.NET as one that can be loaded from a file. ML.NET creates this attribute before it inspects any class of this
/// assembly, which makes it the place to check that they can be loaded.
/// </summary>
/// <param name="type">Gets the class, which has a method <c>Create</c>.</param>
/// <param name="summary">What the class is.</param>
/// <param name="signature">The name of its loader in files.</param>
internal abstract class LoaderAttribute(Func<Type> type, string summary, string signature) : LoadableClassAttributeBase(
    null, Checked(type), Checked(type), null, [Checked(static () => typeof(SignatureLoadModel))], summary, signature)
{
    // The runtime loads a type when it compiles the method that names it: each lambda is such a method.
    private static Type Checked(Func<Type> type)
    {
        MLNetCompatibility.Check();
        return type();
    }
}
