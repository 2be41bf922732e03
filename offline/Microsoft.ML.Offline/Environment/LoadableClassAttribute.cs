namespace Microsoft.ML;

/// <summary>Tells the component catalog which class loads a saved part. The real one has the same constructors and more.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : Attribute
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(instType, instType, [sigType], loadNames)
    {
    }

    public LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(instType, loaderType, [sigType], loadNames)
    {
    }

    private LoadableClassAttribute(Type instType, Type loaderType, Type[] sigTypes, string[] loadNames)
    {
        InstanceType = instType;
        LoaderType = loaderType ?? instType;
        SigTypes = sigTypes;
        LoadNames = loadNames;
    }

    public Type InstanceType { get; }

    public Type LoaderType { get; }

    public Type[] SigTypes { get; }

    public string[] LoadNames { get; }
}

/// <summary>The kind of class that loads a part of a model.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
