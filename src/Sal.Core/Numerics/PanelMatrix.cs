using System.Diagnostics;

namespace Sal.Core.Numerics;

/// <summary>
/// A float matrix stored in panels of <see cref="PanelWidth"/> columns, the layout that weights and activations share. Element (row,
/// column) is at <c>((column / 16) * RowCapacity + row) * 16 + column % 16</c>. A row of a panel is one cache line, so every product
/// streams whole lines and no operand is ever repacked. The right operand of a sparse product is stored row-major instead
/// (<see cref="RowMajor"/>), because sparse rows pick single rows out of very many.
/// </summary>
/// <remarks>
/// Rows are padded to a multiple of <see cref="RowTile"/>, except in a <see cref="Vector"/>, and columns to a multiple of
/// <see cref="PanelWidth"/>. The padding of parameters is zero and stays zero, because its gradient is zero.
/// </remarks>
internal sealed unsafe class PanelMatrix
{
    /// <summary>The number of columns per panel: one 512-bit vector, one cache line.</summary>
    public const int PanelWidth = 16;

    /// <summary>The number of rows that the product kernel computes together.</summary>
    public const int RowTile = 8;

    /// <summary>The maximum number of elements, including padding.</summary>
    public static readonly int MaximumLength = Array.MaxLength - Alignment / sizeof(float);

    private const int Alignment = 64;
    private const int RowsPerPage = 4096 / (PanelWidth * sizeof(float));

    // Pinned, so that Pointer stays valid as long as this object is reachable.
    private readonly float[] _storage;
    private readonly int _start;

    /// <summary>Creates a matrix of zeros.</summary>
    public PanelMatrix(int rows, int columns)
        : this(rows, columns, PadRows(rows), isRowMajor: false)
    {
    }

    private PanelMatrix(int rows, int columns, int rowCapacity, bool isRowMajor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        RowCapacity = rowCapacity;
        PanelCount = (columns + PanelWidth - 1) / PanelWidth;
        Length = checked(RowCapacity * PanelCount * PanelWidth);
        PanelStride = isRowMajor ? PanelWidth : (nint)RowCapacity * PanelWidth;
        RowStride = isRowMajor ? (nint)PanelCount * PanelWidth : PanelWidth;
        IsRowMajor = isRowMajor;
        _storage = GC.AllocateArray<float>(checked(Length + Alignment / sizeof(float)), pinned: true);
        nint address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_storage));
        nint aligned = (address + Alignment - 1) & ~(nint)(Alignment - 1);
        _start = (int)((aligned - address) / sizeof(float));
        Pointer = (float*)aligned;
    }

    /// <summary>
    /// Creates a single row of zeros without padding rows. Its columns are contiguous, and products treat it as a single row.
    /// </summary>
    public static PanelMatrix Vector(int columns) => new(1, columns, 1, isRowMajor: false);

    /// <summary>Creates a matrix of zeros with contiguous rows.</summary>
    public static PanelMatrix RowMajor(int rows, int columns) => new(rows, columns, rows, isRowMajor: true);

    /// <summary>Gets whether this is a <see cref="Vector"/>.</summary>
    public bool IsVector => RowCapacity == 1 && !IsRowMajor;

    /// <summary>Gets whether rows are contiguous.</summary>
    public bool IsRowMajor { get; }

    /// <summary>Gets the number of rows, without padding.</summary>
    public int Rows { get; }

    /// <summary>Gets the number of columns, without padding.</summary>
    public int Columns { get; }

    /// <summary>Gets the number of rows stored, including padding.</summary>
    public int RowCapacity { get; }

    /// <summary>Gets the number of panels of 16 columns.</summary>
    public int PanelCount { get; }

    /// <summary>Gets the number of floats stored, including padding.</summary>
    public int Length { get; }

    /// <summary>Gets all panels.</summary>
    public Interval AllPanels => Interval.First(PanelCount);

    /// <summary>Gets the address of the first element, 64-byte aligned.</summary>
    /// <remarks>
    /// The address is valid as long as this object is reachable. Lifetime rule: products keep their operands alive until they return, and
    /// sinks hold the matrices that they read and write, so callers of a product need not do anything. Other code that takes the address
    /// must read or write this object afterwards. In debug builds, a matrix that is collected too early is filled with NaN, and offsets
    /// outside it are rejected.
    /// </remarks>
    public float* Pointer { get; }

    /// <summary>Gets everything stored, including padding.</summary>
    public Span<float> Storage => _storage.AsSpan(_start, Length);

    /// <summary>Gets the number of floats from one panel to the next.</summary>
    public nint PanelStride { get; }

    /// <summary>Gets the number of floats from one row of a panel to the next.</summary>
    public nint RowStride { get; }

    public float this[int row, int column]
    {
        get => Storage[IndexOf(row, column)];
        set => Storage[IndexOf(row, column)] = value;
    }

#if DEBUG
    ~PanelMatrix() => Storage.Fill(float.NaN);
#endif

    /// <summary>Gets the address of the 16 columns of <paramref name="panel"/> in <paramref name="row"/>.</summary>
    public float* Line(int panel, int row)
    {
        Debug.Assert(
            (uint)panel < (uint)PanelCount && (uint)row < (uint)RowCapacity,
            $"Line ({panel}, {row}) of {PanelCount} panels x {RowCapacity} rows.");
        return Pointer + (panel * PanelStride + row * RowStride);
    }

    /// <summary>Asserts, in debug builds, that the 16 floats starting at <paramref name="offset"/> lie within the matrix.</summary>
    [Conditional("DEBUG")]
    public void AssertHolds(nint offset) =>
        Debug.Assert(offset >= 0 && offset + PanelWidth <= Length, $"Offset {offset} of {Length} floats.");

    /// <summary>Copies the columns of <paramref name="row"/>, in order.</summary>
    public void CopyRowTo(int row, Span<float> destination)
    {
        for (int column = 0; column < Columns; column += PanelWidth)
        {
            int count = Math.Min(PanelWidth, Columns - column);
            new ReadOnlySpan<float>(Line(column / PanelWidth, row), count).CopyTo(destination[column..]);
        }
    }

    /// <summary>Sets the columns of <paramref name="row"/>, in order.</summary>
    public void SetRow(int row, ReadOnlySpan<float> source)
    {
        for (int column = 0; column < Columns; column += PanelWidth)
        {
            int count = Math.Min(PanelWidth, Columns - column);
            source.Slice(column, count).CopyTo(new Span<float>(Line(column / PanelWidth, row), count));
        }
    }

    /// <summary>Sets a row to zeros, including padding columns.</summary>
    public void ClearRow(int row)
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            new Span<float>(Line(panel, row), PanelWidth).Clear();
        }
    }

    /// <summary>Adds some rows of a matrix of the same shape, including padding columns.</summary>
    public void AddRows(PanelMatrix other, Interval rows)
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            int length = (rows.End - rows.Start) * PanelWidth;
            var target = new Span<float>(Line(panel, rows.Start), length);
            System.Numerics.Tensors.TensorPrimitives.Add(target, new ReadOnlySpan<float>(other.Line(panel, rows.Start), length), target);
        }
    }

    /// <summary>Gets whether all elements are finite.</summary>
    public bool IsFinite => System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(Storage);

    /// <summary>Gets the number of elements that a matrix of this size stores, including padding.</summary>
    public static long PaddedLength(int rows, int columns) => (long)PadRows(rows) * ((columns + PanelWidth - 1) / PanelWidth * PanelWidth);

    /// <summary>Creates a matrix of zeros of the same shape.</summary>
    public PanelMatrix ZerosLike() => new(Rows, Columns, RowCapacity, IsRowMajor);

    public PanelMatrix Clone()
    {
        PanelMatrix copy = ZerosLike();
        Storage.CopyTo(copy.Storage);
        return copy;
    }

    public static int RoundUp(int value, int multiple) => checked((value + multiple - 1) / multiple * multiple);

    // Rounds up to whole tiles, but avoids multiples of 64 rows (4 KiB per panel), at which the same row of all panels would compete for
    // one cache set.
    private static int PadRows(int rows)
    {
        int capacity = RoundUp(rows, RowTile);
        return capacity % RowsPerPage == 0 ? capacity + RowTile : capacity;
    }

    private int IndexOf(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns);
        return (int)(column / PanelWidth * PanelStride + row * RowStride) + column % PanelWidth;
    }
}
