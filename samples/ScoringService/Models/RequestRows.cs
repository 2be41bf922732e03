using System.Runtime.InteropServices;

namespace ScoringService.Models;

/// <summary>
/// Holds the rows of a request, for a model's <see cref="InputLayout"/>. It grows with the rows that arrive, not with the announced size.
/// </summary>
internal sealed class RequestRows(InputLayout layout)
{
    private readonly List<float> _singles = [];
    private readonly List<double> _doubles = [];
    private readonly List<string> _texts = [];

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the numbers of type Single of all rows, row after row.</summary>
    public ReadOnlySpan<float> Singles => CollectionsMarshal.AsSpan(_singles);

    /// <summary>Adds a row, whose values must then be set.</summary>
    /// <returns>The index of the row.</returns>
    public int Add()
    {
        Count++;
        CollectionsMarshal.SetCount(_singles, checked(Count * layout.SingleCount));
        CollectionsMarshal.SetCount(_doubles, checked(Count * layout.DoubleCount));
        CollectionsMarshal.SetCount(_texts, checked(Count * layout.TextCount));
        return Count - 1;
    }

    /// <summary>Gets a row's numbers of type Single.</summary>
    public Span<float> SinglesOf(int row) => CollectionsMarshal.AsSpan(_singles).Slice(row * layout.SingleCount, layout.SingleCount);

    /// <summary>Gets a row's other numbers.</summary>
    public Span<double> DoublesOf(int row) => CollectionsMarshal.AsSpan(_doubles).Slice(row * layout.DoubleCount, layout.DoubleCount);

    /// <summary>Gets a row's texts.</summary>
    public Span<string> TextsOf(int row) => CollectionsMarshal.AsSpan(_texts).Slice(row * layout.TextCount, layout.TextCount);
}
