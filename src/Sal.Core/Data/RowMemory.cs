using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Sal.Core.Data;

/// <summary>
/// The memory for packed rows: ordinary memory up to a budget, and memory-mapped temporary files beyond it. The operating system keeps the
/// mapped parts in use in memory, and the rest is read again in each epoch. Training does not depend on where a row is stored.
/// </summary>
/// <param name="budget">The number of bytes of ordinary memory.</param>
internal sealed class RowMemory(long budget) : IDisposable
{
    private const long BytesPerFile = 64 << 20;

    private readonly List<MappedFile> _files = [];
    private long _usedOfFile = BytesPerFile;
    private long _inMemory;

    /// <summary>Gets the number of bytes in temporary files.</summary>
    public long BytesInFiles => _files.Sum(file => file.Length);

    /// <summary>Allocates an uninitialized block of <paramref name="length"/> bytes.</summary>
    public RowBlock Allocate(int length)
    {
        if (_inMemory + length <= budget)
        {
            _inMemory += length;
            return new RowBlock(GC.AllocateUninitializedArray<byte>(length));
        }

        // Blocks start at multiples of 64 bytes so that their floats are aligned.
        _usedOfFile = (_usedOfFile + 63) & ~63L;
        if (_files.Count == 0 || _usedOfFile + length > _files[^1].Length)
        {
            _files.Add(new MappedFile(Math.Max(BytesPerFile, length)));
            _usedOfFile = 0;
        }

        var block = new RowBlock(_files[^1], _usedOfFile, length);
        _usedOfFile += length;
        return block;
    }

    /// <summary>Deletes the temporary files. The rows in them must not be read afterwards.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    /// <summary>A memory-mapped temporary file.</summary>
    internal sealed unsafe class MappedFile : IDisposable
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private readonly byte* _pointer;

        public MappedFile(long length)
        {
            Length = length;
            string path = Path.Combine(Path.GetTempPath(), $"sal-rows-{Path.GetRandomFileName()}");
            var stream = new FileStream(
                path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            _file = MemoryMappedFile.CreateFromFile(
                stream, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
            _view = _file.CreateViewAccessor();
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path); // stays on disk until it is unmapped, even if the process is killed
            }
        }

        public long Length { get; }

        public Span<byte> Bytes(long start, int length)
        {
            ObjectDisposedException.ThrowIf(_view.SafeMemoryMappedViewHandle.IsClosed, this);
            return new Span<byte>(_pointer + start, length);
        }

        public void Dispose()
        {
            if (!_view.SafeMemoryMappedViewHandle.IsClosed)
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _file.Dispose();
            }
        }
    }
}

/// <summary>A block of <see cref="RowMemory"/>: an array, or a section of a mapped file.</summary>
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

    /// <summary>Gets the block as a span of values.</summary>
    public Span<T> As<T>()
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(_array is null ? _file!.Bytes(_start, _length) : _array);
}
