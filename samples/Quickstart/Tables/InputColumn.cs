namespace Quickstart.Tables;

/// <summary>A column of a file and how its cells are read.</summary>
internal record InputColumn(string Name, int Index, ColumnKind Kind)
{
    public bool IsFeature => Kind is not (ColumnKind.Label or ColumnKind.LeftOut);
}

/// <summary>A column as the analysis found it.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Index">The position in the file.</param>
/// <param name="Kind">What the column is taken as.</param>
/// <param name="Values">The range or the number of values, or why the column is left out.</param>
/// <param name="MissingCells">How many cells are missing.</param>
internal sealed record ColumnProfile(string Name, int Index, ColumnKind Kind, string Values, int MissingCells)
    : InputColumn(Name, Index, Kind);
