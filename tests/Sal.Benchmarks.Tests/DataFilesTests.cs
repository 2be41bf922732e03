using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Sal.Benchmarks.Data;

namespace Sal.Benchmarks.Tests;

[TestClass]
public sealed class DataFilesTests : IDisposable
{
    private static readonly byte[] Bytes = Encoding.ASCII.GetBytes("1,2,3\n");
    private static readonly DataFile File1 = new("some.data", Convert.ToHexStringLower(SHA256.HashData(Bytes)));

    private readonly TemporaryFolder _folder = new(), _cache = new();

    public void Dispose()
    {
        _folder.Dispose();
        _cache.Dispose();
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_file_is_found_plain_or_compressed(bool isCompressed)
    {
        Write(_folder, Bytes, isCompressed);
        CollectionAssert.AreEqual(Bytes, Files().Read(File1));
    }

    [TestMethod]
    public void A_file_with_another_checksum_is_passed_over()
    {
        Write(_folder, [1, 2, 3], isCompressed: false);
        Write(_cache, Bytes, isCompressed: false);
        CollectionAssert.AreEqual(Bytes, Files().Read(File1));
    }

    [TestMethod]
    public void A_file_that_cannot_be_had_is_named_with_what_was_tried()
    {
        Write(_folder, [1, 2, 3], isCompressed: false);
        FileNotFoundException exception = Assert.ThrowsExactly<FileNotFoundException>(() => Files().Read(File1));
        StringAssert.Contains(exception.Message, "some.data");
        StringAssert.Contains(exception.Message, "the checksum differs");
    }

    [TestMethod]
    public void A_file_comes_out_of_an_archive_that_the_cache_has()
    {
        using (var tar = new TarWriter(new GZipStream(File.Create(_cache.File("some.tar.gz")), CompressionLevel.Fastest)))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "inside/other") { DataStream = new MemoryStream([1]) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "inside/some") { DataStream = new MemoryStream(Bytes) });
        }

        DataFile inArchive = File1 with { Address = "https://invalid.invalid/some.tar.gz", ArchivePath = "inside/some" };
        CollectionAssert.AreEqual(Bytes, new DataFiles(_folder.Path, _cache.Path, noDownload: false).Read(inArchive));
        CollectionAssert.AreEqual(Bytes, File.ReadAllBytes(_cache.File(File1.Name)));
    }

    [TestMethod]
    public void Shipped_sets_are_read_without_any_folder()
    {
        BenchmarkSet digits = BenchmarkSets.Read("digits", Files()), semeion = BenchmarkSets.Read("semeion", Files());
        Assert.AreEqual((1797, 64, 10), (digits.Rows.Count, digits.Rows.FeatureCount, digits.Rows.ClassCount));
        Assert.AreEqual((1593, 256, 10), (semeion.Rows.Count, semeion.Rows.FeatureCount, semeion.Rows.ClassCount));
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, digits.Rows.Labels[..5].ToArray());
    }

    private DataFiles Files() => new(_folder.Path, _cache.Path, noDownload: true);

    private static void Write(TemporaryFolder folder, byte[] bytes, bool isCompressed)
    {
        string path = folder.File(File1.Name);
        if (!isCompressed)
        {
            File.WriteAllBytes(path, bytes);
            return;
        }

        using var stream = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest);
        stream.Write(bytes);
    }
}
