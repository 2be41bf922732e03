namespace Microsoft.ML;

/// <summary>What identifies a saved part: an 8-character format name, the versions it can be read by, and who loads it.</summary>
internal readonly struct VersionInfo
{
    public VersionInfo(
        string modelSignature,
        uint verWrittenCur,
        uint verReadableCur,
        uint verWeCanReadBack,
        string loaderAssemblyName,
        string loaderSignature = null,
        string loaderSignatureAlt = null)
    {
        if (modelSignature?.Length != 8)
        {
            throw new InvalidOperationException("Model signature must be eight characters");
        }

        ModelSignature = modelSignature;
        VerWrittenCur = verWrittenCur;
        VerReadableCur = verReadableCur;
        VerWeCanReadBack = verWeCanReadBack;
        LoaderAssemblyName = loaderAssemblyName;
        LoaderSignature = loaderSignature;
        LoaderSignatureAlt = loaderSignatureAlt;
    }

    public readonly string ModelSignature;

    /// <summary>The version of the writer.</summary>
    public readonly uint VerWrittenCur;

    /// <summary>The oldest reader that can read what is written.</summary>
    public readonly uint VerReadableCur;

    /// <summary>The oldest written version that this reader can read.</summary>
    public readonly uint VerWeCanReadBack;

    public readonly string LoaderAssemblyName;
    public readonly string LoaderSignature;
    public readonly string LoaderSignatureAlt;
}
