using System.Text;
using Sal.Core.Files;

namespace Sal.Core.Tests.Files;

[TestClass]
public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_file_is_written_and_replaced()
    {
        string path = _folder.File("model");
        AtomicFile.Write(path, Writes("old"));
        Assert.AreEqual("old", File.ReadAllText(path));
        AtomicFile.Write(path, Writes("new"));
        Assert.AreEqual("new", File.ReadAllText(path));
        AtomicFile.Write(path, Writes("newest"), keepOldAs: _folder.File("kept"));
        Assert.AreEqual("newest", File.ReadAllText(path));
        Assert.AreEqual("new", File.ReadAllText(_folder.File("kept")));
        Assert.HasCount(2, Directory.GetFiles(_folder.Path));
    }

    [TestMethod]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.File("model");
        File.WriteAllText(path, "old");
        IOException error = Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new IOException("the disk is full");
        }));
        Assert.AreEqual("the disk is full", error.Message);
        Assert.AreEqual("old", File.ReadAllText(path));

        // The move itself fails: a file cannot replace a folder.
        Directory.CreateDirectory(_folder.File("kept"));
        Assert.Throws<Exception>(() => AtomicFile.Write(path, Writes("new"), keepOldAs: _folder.File("kept")));
        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(_folder.Path));
    }

    [TestMethod]
    public void A_missing_folder_is_an_error() =>
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => AtomicFile.Write(_folder.File("none/model"), Writes("new")));

    [TestMethod]
    public void Drafts_of_killed_processes_are_removed_and_drafts_in_use_are_kept()
    {
        string path = _folder.File("model");
        string leftover = _folder.File("model.abcdefgh.ijk.saving"), inUse = _folder.File("model.abcdefgh.xyz.saving");
        string[] others = [_folder.File("model.saving"), _folder.File("model2.abcdefgh.ijk.saving"),
            _folder.File("model.b.abcdefgh.ijk.saving"), _folder.File("model.abcdefgh.ijk")];
        Array.ForEach([leftover, .. others], other => File.WriteAllText(other, ""));
        using (new FileStream(inUse, FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
        {
            AtomicFile.Write(path, Writes("new"));
            CollectionAssert.AreEquivalent((string[])[path, inUse, .. others], Directory.GetFiles(_folder.Path));
        }
    }

    [TestMethod]
    public void A_symbolic_link_is_followed()
    {
        string path = _folder.File("model"), link = _folder.File("link");
        File.WriteAllText(path, "old");
        try
        {
            File.CreateSymbolicLink(link, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Inconclusive("This process may not create symbolic links.");
        }

        AtomicFile.Write(link, Writes("new"));
        Assert.IsNotNull(new FileInfo(link).LinkTarget);
        Assert.AreEqual("new", File.ReadAllText(path));
    }

    [TestMethod]
    public void Many_threads_saving_the_same_file_leave_a_complete_one()
    {
        string path = _folder.File("model");
        string[] contents = [.. Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 100_000))];
        Parallel.ForEach(contents, new ParallelOptions { MaxDegreeOfParallelism = 4 }, content =>
        {
            for (int i = 0; i < 10; i++)
            {
                try
                {
                    AtomicFile.Write(path, Writes(content));
                }
                catch (IOException)
                {
                    // Concurrent writers may collide, but then one of them reports an error.
                }
            }
        });
        CollectionAssert.Contains(contents, File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(_folder.Path));
    }

    private static Action<Stream> Writes(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));
}
