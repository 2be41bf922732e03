namespace Sal.Benchmarks.Data;

/// <summary>A published file that a set is read from.</summary>
/// <param name="Name">Its name in a data folder, without ".gz".</param>
/// <param name="Sha256">The checksum of its bytes, uncompressed.</param>
/// <param name="Address">Where it is published; a name that ends in ".gz" is compressed.</param>
/// <param name="ArchivePath">Its path in the archive (.tar.gz) of that address; null where the address is the file's own.</param>
/// <param name="NpmPackage">The npm package, with its version, that has it; null for none.</param>
/// <param name="NpmPath">Its path in that package.</param>
/// <param name="SystemFile">Where a package of the operating system puts it; null for none.</param>
internal sealed record DataFile(
    string Name, string Sha256, string? Address = null, string? ArchivePath = null, string? NpmPackage = null, string? NpmPath = null, string? SystemFile = null);
