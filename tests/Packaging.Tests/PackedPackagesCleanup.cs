namespace Packaging.Tests;

[TestClass]
public static class PackedPackagesCleanup
{
    [AssemblyCleanup]
    public static void Delete() => PackedPackages.Delete();
}
