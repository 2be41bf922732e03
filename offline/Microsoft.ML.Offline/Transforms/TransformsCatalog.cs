using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where transforms are made; the methods are extensions.</summary>
public sealed class TransformsCatalog : IInternalCatalog
{
    private readonly IHostEnvironment environment;

    internal TransformsCatalog(IHostEnvironment env)
    {
        environment = env.Register(nameof(TransformsCatalog));
        Categorical = new CategoricalTransforms(this);
        Conversion = new ConversionTransforms(this);
    }

    public CategoricalTransforms Categorical { get; }

    public ConversionTransforms Conversion { get; }

    IHostEnvironment IInternalCatalog.Environment => environment;

    public sealed class CategoricalTransforms : IInternalCatalog
    {
        private readonly TransformsCatalog owner;

        internal CategoricalTransforms(TransformsCatalog owner) => this.owner = owner;

        IHostEnvironment IInternalCatalog.Environment => owner.environment;
    }

    public sealed class ConversionTransforms : IInternalCatalog
    {
        private readonly TransformsCatalog owner;

        internal ConversionTransforms(TransformsCatalog owner) => this.owner = owner;

        IHostEnvironment IInternalCatalog.Environment => owner.environment;
    }
}
