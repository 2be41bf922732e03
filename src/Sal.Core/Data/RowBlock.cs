using System.Runtime.InteropServices;

namespace Sal.Core.Data;

/// <summary>A block of <see cref="RowMemory"/>: an array, or a part of a mapped file.</summary>
internal readonly struct RowBlock
{
    private readonly byte[]? _array;
    private readonly RowMemory.MappedFile? _file;
    private readonly long _start;
    private readonly int _length;

    public RowBlock(byte[] array)
    {
        _array = array;
        _length = array.Length;
    }

    public RowBlock(RowMemory.MappedFile file, long start, int length)
    {
        _file = file;
        _start = start;
        _length = length;
    }

    /// <summary>The block as values.</summary>
    public Span<T> As<T>()
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(_array is null ? _file!.Bytes(_start, _length) : _array);
}
