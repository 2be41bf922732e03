namespace Sal.Benchmarks.Data;

/// <summary>A published file from which a set is read.</summary>
/// <param name="Name">The name in a data folder, without ".gz".</param>
/// <param name="Sha256">The checksum of the uncompressed bytes.</param>
/// <param name="Address">The address where it is published; ".gz" at its end means compressed.</param>
/// <param name="ArchivePath">The path in the archive (.tar.gz) at that address; null if the address is that of the file itself.</param>
/// <param name="NpmPackage">The npm package that contains it, with its version; null for none.</param>
/// <param name="NpmPath">The path in that package.</param>
/// <param name="SystemFile">The path at which a package of the operating system installs it; null for none.</param>
internal sealed record DataFile(
    string Name,
    string Sha256,
    string? Address = null,
    string? ArchivePath = null,
    string? NpmPackage = null,
    string? NpmPath = null,
    string? SystemFile = null);
