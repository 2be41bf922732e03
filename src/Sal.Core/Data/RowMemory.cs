using System.IO.MemoryMappedFiles;

namespace Sal.Core.Data;

/// <summary>
/// Where packed rows live: in memory up to a budget, beyond it in temporary files that are mapped, so that the system keeps in memory what is
/// in use and rows are read again from there in each epoch. Training does not see the difference.
/// </summary>
/// <param name="budget">Bytes in memory.</param>
internal sealed class RowMemory(long budget) : IDisposable
{
    private const long BytesPerFile = 64 << 20;

    private readonly List<MappedFile> _files = [];
    private long _usedOfFile = BytesPerFile;
    private long _inMemory;

    /// <summary>Bytes in temporary files.</summary>
    public long BytesInFiles => _files.Sum(file => file.Length);

    /// <summary>Room for some bytes, uninitialised.</summary>
    public RowBlock Allocate(int length)
    {
        if (_inMemory + length <= budget)
        {
            _inMemory += length;
            return new RowBlock(GC.AllocateUninitializedArray<byte>(length));
        }

        // Blocks start at multiples of 64 bytes, so that their floats are aligned.
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

    /// <summary>Removes the temporary files. Rows in them must not be read any more.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    /// <summary>A temporary file, mapped.</summary>
    internal sealed unsafe class MappedFile : IDisposable
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private readonly byte* _pointer;

        public MappedFile(long length)
        {
            Length = length;
            string path = Path.Combine(Path.GetTempPath(), $"sal-rows-{Path.GetRandomFileName()}");
            var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            _file = MemoryMappedFile.CreateFromFile(stream, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
            _view = _file.CreateViewAccessor();
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path); // stays until it is unmapped, even where the process is killed
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
