namespace Packaging.Tests;

/// <summary>
/// A folder outside the repository with programs of a user, who installs the packages under test from the folder that they were packed
/// into.
/// </summary>
internal sealed class UserPrograms : IDisposable
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _names = [];

    public UserPrograms()
    {
        // The machine's sources stay, as does what it has restored; the packages under test can only come from the folder they were
        // packed into.
        System.IO.File.WriteAllText(File("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="cache" /></config>
              <fallbackPackageFolders><add key="machine" value="{PackedPackages.MachineCache}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{PackedPackages.Folder}" /></packageSources>
            </configuration>
            """);
    }

    public static string MLNet => """<PackageReference Include="Microsoft.ML" Version="5.0.1" />""";

    public static string Trainer => $"""<PackageReference Include="MLNet.Trainers.Sal" Version="{PackedPackages.Version}" />""";

    /// <summary>Gets a path in the folder, in which the programs run.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Adds a program.</summary>
    /// <param name="name">The name of its project.</param>
    /// <param name="source">Its Program.cs.</param>
    /// <param name="items">The items of its project: what it references.</param>
    /// <param name="properties">More properties of its project.</param>
    /// <param name="sdk">The SDK of its project.</param>
    public void Add(string name, string source, string items, string properties = "", string sdk = "Microsoft.NET.Sdk")
    {
        _names.Add(name);
        Directory.CreateDirectory(File(name));
        System.IO.File.WriteAllText(Path.Combine(File(name), "Program.cs"), source);
        System.IO.File.WriteAllText(Path.Combine(File(name), $"{name}.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>NU1507;NU1900;NU1901;NU1902;NU1903;NU1904</NoWarn>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Builds all programs.</summary>
    /// <param name="command">What dotnet does: <c>build</c> or <c>publish</c>.</param>
    public void Build(string command)
    {
        System.IO.File.WriteAllText(File("Programs.slnx"), $"""
            <Solution>
            {string.Join('\n', _names.Select(name => $"""  <Project Path="{name}/{name}.csproj" />"""))}
            </Solution>
            """);
        string[] arguments = [command, "Programs.slnx", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        (int code, string output, string errors) = ProgramRun.Run(ProgramRun.Dotnet, arguments, BuildLimit, folder: _folder.Path);
        Assert.AreEqual(0, code, output + errors);
    }

    /// <summary>Gets the folder of a program's assembly.</summary>
    public string Output(string name)
    {
        string[] files = Directory.GetFiles(Path.Combine(File(name), "bin", "Release"), $"{name}.dll", SearchOption.AllDirectories);
        return Path.GetDirectoryName(files.Single())!;
    }

    /// <summary>Runs a program as it was built; it must end well and report no error.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string name, params string[] arguments) =>
        RunFile(ProgramRun.Dotnet, [Path.Combine(Output(name), $"{name}.dll"), .. arguments]);

    /// <summary>Runs a program by its file; it must end well and report no error.</summary>
    /// <returns>What it printed.</returns>
    public string RunFile(string file, params string[] arguments)
    {
        (int code, string output, string errors) = ProgramRun.Run(file, arguments, RunLimit, folder: _folder.Path);
        Assert.AreEqual((0, ""), (code, errors), output);
        return output.ReplaceLineEndings("\n");
    }

    public void Dispose() => _folder.Dispose();
}
