using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>
/// The progress of a run. At the end of an epoch it holds everything needed to continue, because every random draw is keyed by its epoch.
/// </summary>
/// <param name="encoding">The encoding of the features.</param>
/// <param name="trunk">The initial branch.</param>
internal sealed class TrainingState(InputEncoding encoding, Branch trunk)
{
    public InputEncoding Encoding { get; } = encoding;

    /// <summary>Gets the branches in the order in which they are trained: the trunk, or the branches that replaced it.</summary>
    public IReadOnlyList<Branch> Branches { get; private set; } = [trunk];

    /// <summary>Gets whether the rows have been partitioned.</summary>
    public bool IsPartitioned { get; private set; }

    /// <summary>Gets or sets the number of epochs finished so far, over all branches.</summary>
    public int FinishedEpochs { get; set; }

    /// <summary>Replaces the trunk by the branches after the partition.</summary>
    public void Partition(IReadOnlyList<Branch> branches)
    {
        Branches = branches;
        IsPartitioned = true;
    }

    /// <summary>
    /// Gets the branch that yields the model: the one with the lowest validation loss or, on a tie, the one without areas.
    /// </summary>
    public Branch Best => Branches.Reverse().MinBy(branch => branch.Best?.Loss ?? double.PositiveInfinity)!;
}
