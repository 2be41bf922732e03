namespace Quickstart.Tables;

/// <summary>Represents a column of a file and how its cells are read.</summary>
internal record InputColumn(string Name, int Index, ColumnKind Kind)
{
    public bool IsFeature => Kind is not (ColumnKind.Label or ColumnKind.LeftOut);
}

/// <summary>Represents a column as analyzed.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Index">The position in the file.</param>
/// <param name="Kind">How the column is treated.</param>
/// <param name="Values">The range or the number of values, or the reason why the column is left out.</param>
/// <param name="MissingCells">The number of missing cells.</param>
internal sealed record ColumnProfile(string Name, int Index, ColumnKind Kind, string Values, int MissingCells)
    : InputColumn(Name, Index, Kind);
