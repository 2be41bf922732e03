namespace ScoringService.Models;

/// <summary>The rows of a request, row by row, for a model's <see cref="InputLayout"/>. Used again from request to request.</summary>
internal sealed class InputRows
{
    private InputLayout? _layout;
    private float[] _singles = [];
    private double[] _doubles = [];
    private string[] _texts = [];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of type Single of all rows, rows x <see cref="InputLayout.SingleCount"/>.</summary>
    public ReadOnlySpan<float> Singles => _singles.AsSpan(0, Count * Layout.SingleCount);

    private InputLayout Layout => _layout ?? throw new InvalidOperationException("There are no rows yet.");

    /// <summary>The bytes that it keeps, texts not counted.</summary>
    public long Capacity => sizeof(float) * (long)_singles.Length + sizeof(double) * (long)_doubles.Length + IntPtr.Size * (long)_texts.Length;

    /// <summary>Forgets the rows, and takes those of another layout from now on.</summary>
    public void Reset(InputLayout layout)
    {
        _layout = layout;
        Array.Clear(_texts);
        Count = 0;
    }

    /// <summary>Adds a row, whose values are still to be set.</summary>
    /// <returns>Its number.</returns>
    public int Add()
    {
        AddRows(1);
        return Count - 1;
    }

    /// <summary>Adds the rows of another of the same layout.</summary>
    public void Add(InputRows other)
    {
        int first = Count;
        AddRows(other.Count);
        other.Singles.CopyTo(_singles.AsSpan(first * Layout.SingleCount));
        other._doubles.AsSpan(0, other.Count * Layout.DoubleCount).CopyTo(_doubles.AsSpan(first * Layout.DoubleCount));
        other._texts.AsSpan(0, other.Count * Layout.TextCount).CopyTo(_texts.AsSpan(first * Layout.TextCount));
    }

    /// <summary>A row's numbers of type Single.</summary>
    public Span<float> SinglesOf(int row) => _singles.AsSpan(row * Layout.SingleCount, Layout.SingleCount);

    /// <summary>A row's other numbers.</summary>
    public Span<double> DoublesOf(int row) => _doubles.AsSpan(row * Layout.DoubleCount, Layout.DoubleCount);

    /// <summary>A row's texts.</summary>
    public Span<string> TextsOf(int row) => _texts.AsSpan(row * Layout.TextCount, Layout.TextCount);

    private void AddRows(int count)
    {
        Count += count;
        Grow(ref _singles, Layout.SingleCount);
        Grow(ref _doubles, Layout.DoubleCount);
        Grow(ref _texts, Layout.TextCount);
    }

    private void Grow<T>(ref T[] values, int rowSize)
    {
        long length = (long)Count * rowSize;
        if (values.Length < length)
        {
            Array.Resize(ref values, checked((int)Math.Max(length, Math.Min(2L * values.Length, Array.MaxLength))));
        }
    }
}
