using Sal.Core.Data;

namespace Sal.Core.Training;

/// <summary>
/// How far a run has come. At the end of an epoch it is all that training goes on from, since every random draw is keyed by its epoch.
/// </summary>
/// <param name="transform">What is done to the features.</param>
/// <param name="trunk">The branch that training starts with.</param>
internal sealed class TrainingState(InputTransform transform, Branch trunk)
{
    public InputTransform Transform { get; } = transform;

    /// <summary>The branches in training, in the order in which they are trained: the trunk, or what took its place.</summary>
    public IReadOnlyList<Branch> Branches { get; private set; } = [trunk];

    /// <summary>Whether the rows have been partitioned.</summary>
    public bool IsPartitioned { get; private set; }

    /// <summary>The epochs finished so far, those of all branches.</summary>
    public int FinishedEpochs { get; set; }

    /// <summary>The partition: other branches take the trunk's place.</summary>
    public void Partition(IReadOnlyList<Branch> branches)
    {
        Branches = branches;
        IsPartitioned = true;
    }

    /// <summary>The branch to take the model from: the one whose best validation loss is lower, without areas where they are level.</summary>
    public Branch Best => Branches.Reverse().MinBy(branch => branch.Best?.Loss ?? double.PositiveInfinity)!;
}
