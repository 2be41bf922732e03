namespace Microsoft.ML.Data;

/// <summary>
/// An output column of a row mapping: either an input column passed on (<see cref="MakeGetter"/> null, one input)
/// or one computed from the input columns named by index.
/// </summary>
internal sealed record MappedColumn(DataViewSchema.DetachedColumn Column, int[] Inputs, Func<DataViewRow, Delegate> MakeGetter)
{
    public static MappedColumn PassOn(DataViewSchema.Column input) => new(new DataViewSchema.DetachedColumn(input), [input.Index], null);

    public static MappedColumn Computed(
        string name, DataViewType type, DataViewSchema.Annotations annotations, int[] inputs, Func<DataViewRow, Delegate> makeGetter) =>
        new(new DataViewSchema.DetachedColumn(name, type, annotations), inputs, makeGetter);
}
