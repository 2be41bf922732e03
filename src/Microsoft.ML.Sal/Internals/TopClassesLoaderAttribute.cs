using Microsoft.ML.Trainers.Sal;

[assembly: TopClassesLoader]

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Registers the loader of <see cref="TopClassesTransformer"/> with ML.NET.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TopClassesLoaderAttribute() : LoaderAttribute(
    static () => typeof(TopClassesTransformer), "Likeliest classes with their names", TopClassesTransformer.LoaderSignature);
