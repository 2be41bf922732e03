namespace Microsoft.ML;

/// <summary>Tells the component catalog which class loads a saved part. The real one has the same constructors and more.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : Attribute
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(null, instType, instType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(null, instType, loaderType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(string summary, Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(summary, instType, instType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(string summary, Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : this(summary, instType, loaderType, argType, [sigType], userName, loadNames)
    {
    }

    private LoadableClassAttribute(string summary, Type instType, Type loaderType, Type argType, Type[] sigTypes, string userName, string[] loadNames)
    {
        Summary = summary;
        InstanceType = instType;
        LoaderType = loaderType ?? instType;
        ArgType = argType;
        SigTypes = sigTypes;
        UserName = userName;
        LoadNames = loadNames;
    }

    public string Summary { get; }

    public Type InstanceType { get; }

    public Type LoaderType { get; }

    public Type ArgType { get; }

    public Type[] SigTypes { get; }

    public string UserName { get; }

    public string[] LoadNames { get; }
}

/// <summary>The kind of class that loads a part of a model.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
