namespace Sal.Benchmarks.Data;

/// <summary>The cells of a line of text.</summary>
/// <param name="Number">The line it starts at, from 1.</param>
/// <param name="Cells">Its cells, trimmed, without quotes.</param>
internal readonly record struct TextLine(int Number, string[] Cells);
