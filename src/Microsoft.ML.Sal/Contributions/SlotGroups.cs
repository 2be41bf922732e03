using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Divides the slots of a feature vector into groups that are explained together.</summary>
/// <param name="Names">The name of each group.</param>
/// <param name="GroupOfSlot">The group of each slot.</param>
internal sealed record SlotGroups(IReadOnlyList<string> Names, int[] GroupOfSlot)
{
    /// <summary>Gets one group per slot. A slot without a name is named after its position, <c>Features[0]</c>.</summary>
    public static SlotGroups BySlot(DataViewSchema.Column features) =>
        new(NamesOf(features), [.. Enumerable.Range(0, SizeOf(features))]);

    /// <summary>Gets one group per column that the slots are made of, in the order of their first slots.</summary>
    public static SlotGroups ByColumn(DataViewSchema.Column features, SourceColumns sources)
    {
        IReadOnlyList<string> names = FeatureNames.Read(features);
        if (names.All(name => name.Length == 0) && !sources.Know(features.Name))
        {
            return BySlot(features);
        }

        List<string> groups = [];
        Dictionary<string, int> indices = [];
        int[] groupOfSlot = new int[SizeOf(features)];
        for (int slot = 0; slot < groupOfSlot.Length; slot++)
        {
            string column = sources.Find(features.Name, slot, slot < names.Count ? names[slot] : "");
            if (!indices.TryGetValue(column, out groupOfSlot[slot]))
            {
                groupOfSlot[slot] = indices[column] = groups.Count;
                groups.Add(column);
            }
        }

        return new SlotGroups(groups, groupOfSlot);
    }

    /// <summary>Adds up the contributions of each group.</summary>
    /// <param name="contributions">One value per slot.</param>
    /// <param name="sums">Written: one value per group.</param>
    public void Add(ReadOnlySpan<float> contributions, Span<float> sums)
    {
        sums.Clear();
        for (int slot = 0; slot < contributions.Length; slot++)
        {
            sums[GroupOfSlot[slot]] += contributions[slot];
        }
    }

    private static string[] NamesOf(DataViewSchema.Column features)
    {
        IReadOnlyList<string> names = FeatureNames.Read(features);
        return
        [
            .. Enumerable.Range(0, SizeOf(features)).Select(slot => slot < names.Count && names[slot].Length > 0
                ? names[slot]
                : string.Create(CultureInfo.InvariantCulture, $"{features.Name}[{slot}]")),
        ];
    }

    private static int SizeOf(DataViewSchema.Column features) => ((VectorDataViewType)features.Type).Size;
}
