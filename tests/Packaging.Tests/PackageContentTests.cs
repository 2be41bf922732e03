using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace Packaging.Tests;

/// <summary>What is in the packages, and what is not.</summary>
[TestClass]
public class PackageContentTests
{
    // The kind of debug information that holds a source, as the portable PDB format numbers it.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static IEnumerable<(string Id, string Assembly)> Packages =>
        [("MLNet.Trainers.Sal", "Microsoft.ML.Sal"), ("MLNet.Trainers.Sal.Reports", "Sal.Reports"), ("Sal.Core", "Sal.Core")];

    [TestMethod]
    public void The_trainer_depends_on_the_tested_minor_version_of_MLNet_and_on_the_engine_and_the_reports_on_the_trainer()
    {
        Dictionary<string, string> dependencies = Dependencies("MLNet.Trainers.Sal");

        Assert.AreEqual("[5.0.1, 5.1.0)", dependencies["Microsoft.ML"]);
        Assert.AreEqual(PackedPackages.Version, dependencies["Sal.Core"]);
        Assert.HasCount(2, dependencies);
        CollectionAssert.AreEqual(new[] { "System.Numerics.Tensors" }, Dependencies("Sal.Core").Keys);
        CollectionAssert.AreEqual(new[] { "MLNet.Trainers.Sal" }, Dependencies("MLNet.Trainers.Sal.Reports").Keys);
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void A_package_holds_the_assembly_its_documentation_and_a_readme_and_nothing_else(string id, string assembly)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedPackages.PathOf(id, "nupkg"));

        CollectionAssert.AreEquivalent(
            new[] { $"{id}.nuspec", "README.md", $"lib/net10.0/{assembly}.dll", $"lib/net10.0/{assembly}.xml" },
            package.Entries.Select(entry => entry.FullName).Where(name => !IsPackagingOverhead(name)).ToArray());
        Assert.Contains("```csharp", Text(package, "README.md"));
        Assert.Contains("<summary>", Text(package, $"lib/net10.0/{assembly}.xml"));
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void The_metadata_says_what_the_gallery_shows_and_has_no_made_up_address(string id, string assembly)
    {
        XElement metadata = Metadata(id);

        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.AreEqual("README.md", Value(metadata, "readme"));
        Assert.Contains("Classification", Value(metadata, "tags"));
        Assert.Contains("SAL", Value(metadata, "description"));
        Assert.AreEqual("", Value(metadata, "projectUrl"));
        Assert.IsNull(metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url"), assembly);
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void The_symbols_hold_every_source(string id, string assembly)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedPackages.PathOf(id, "snupkg"));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(package, $"lib/net10.0/{assembly}.pdb")));
        MetadataReader reader = symbols.GetMetadataReader();
        HashSet<EntityHandle> embedded =
        [
            .. reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
                .Where(information => reader.GetGuid(information.Kind) == EmbeddedSource).Select(information => information.Parent),
        ];

        Assert.IsGreaterThan(20, reader.Documents.Count);
        foreach (DocumentHandle document in reader.Documents)
        {
            string name = reader.GetString(reader.GetDocument(document).Name);
            Assert.Contains(document, embedded, name);
            Assert.StartsWith("/_/", name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void No_path_of_the_machine_that_packed_is_inside(string id, string assembly)
    {
        string[] paths =
        [
            ProgramRun.Repository,
            Path.GetDirectoryName(PackedPackages.Folder)!,
            PackedPackages.MachineCache.TrimEnd('/', '\\'),
        ];
        foreach (string extension in new[] { "nupkg", "snupkg" })
        {
            using ZipArchive package = ZipFile.OpenRead(PackedPackages.PathOf(id, extension));
            foreach (string entry in package.Entries.Select(entry => entry.FullName))
            {
                byte[] bytes = Bytes(package, entry);
                foreach (string path in paths)
                {
                    Assert.AreEqual(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)), $"{assembly}: {entry} has {path}.");
                }
            }
        }
    }

    private static Dictionary<string, string> Dependencies(string id) =>
        Metadata(id).Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    private static XElement Metadata(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedPackages.PathOf(id, "nupkg"));
        using Stream stream = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    private static string Value(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    // What makes a zip a package.
    private static bool IsPackagingOverhead(string name) =>
        name is "[Content_Types].xml" || name.Split('/')[0] is "_rels" or "package";

    private static string Text(ZipArchive package, string entry) => Encoding.UTF8.GetString(Bytes(package, entry));

    private static byte[] Bytes(ZipArchive package, string entry)
    {
        using Stream stream = package.GetEntry(entry)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
