using Microsoft.ML.Trainers.Sal;

[assembly: ContributionLoader]

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Registers the loader of <see cref="SalContributionTransformer"/> with ML.NET.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ContributionLoaderAttribute() : LoaderAttribute(
    static () => typeof(SalContributionTransformer), "Contributions to predictions", SalContributionTransformer.LoaderSignature);
