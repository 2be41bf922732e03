using System.Text.Json;

namespace Packaging.Tests;

/// <summary>All packages, packed once for all tests into a folder of its own, with a version that no cache can hold.</summary>
internal static class PackedPackages
{
    private static readonly TimeSpan PackLimit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<TemporaryFolder> _folder = new(Pack);

    /// <summary>Gets the version of all packages.</summary>
    public static string Version { get; } = $"0.1.0-test{Guid.NewGuid():N}";

    /// <summary>Gets the folder that holds the packages; it can serve as a package source.</summary>
    public static string Folder => _folder.Value.File("packages");

    /// <summary>Gets the folder in which this machine keeps the packages that it has restored.</summary>
    public static string MachineCache
    {
        get
        {
            string path = Path.Combine(_folder.Value.File("artifacts"), "obj", "Microsoft.ML.Sal", "project.assets.json");
            using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(path));
            return assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        }
    }

    /// <summary>Gets the path of a package file.</summary>
    public static string PathOf(string id, string extension) => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    public static void Delete()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }
    }

    private static TemporaryFolder Pack()
    {
        var folder = new TemporaryFolder();
        foreach (string project in new[] { "Microsoft.ML.Sal", "Sal.Core", "Sal.Reports" })
        {
            // Output folders of its own: the build of the solution may be under way.
            string[] arguments =
            [
                "pack",
                Path.Combine(ProgramRun.Repository, "src", project),
                "-nodeReuse:false",
                "-p:UseSharedCompilation=false",
                "-p:RunAnalyzers=false",
                $"-p:PackageVersion={Version}",
                $"-p:PackageOutputPath={folder.File("packages")}",
                $"-p:ArtifactsPath={folder.File("artifacts")}",
            ];
            (int code, string output, string errors) = ProgramRun.Run(ProgramRun.Dotnet, arguments, PackLimit);
            Assert.AreEqual(0, code, output + errors);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        }

        return folder;
    }
}
