using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Text;

namespace Microsoft.ML.Sal.Tests.Internals;

/// <summary>
/// Loads the trainer with another version of ML.NET: copies of its assemblies in which one name, of a type or a member, ends with an
/// underscore, and whose version starts with a 9. ML.NET stays consistent, because the name is altered in all of its assemblies.
/// </summary>
internal sealed class AlteredMLNet(string name) : AssemblyLoadContext
{
    private static readonly string _version =
        typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static string Version => "9" + BuiltAgainst[1..];

    public static string BuiltAgainst => _version.Split('+')[0];

    /// <summary>Gets the number of assemblies that contained the name.</summary>
    public int AlteredCount { get; private set; }

    /// <summary>Runs a method of <see cref="UserProgram"/> on this version.</summary>
    /// <returns>The exception that it threw, or null.</returns>
    public Exception? Run(string method, params object[] arguments)
    {
        Assembly tests = LoadFromAssemblyPath(typeof(UserProgram).Assembly.Location);
        Type program = tests.GetType(typeof(UserProgram).FullName!, throwOnError: true)!;
        try
        {
            program.GetMethod(method)!.Invoke(null, arguments);
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
        if (!File.Exists(path) || assemblyName.Name is not { } assembly)
        {
            return null;
        }

        return assembly is "Microsoft.ML.Sal" or "Sal.Core" ? LoadFromAssemblyPath(path)
            : !assembly.StartsWith("Microsoft.ML", StringComparison.Ordinal) ? null
            : LoadFromStream(new MemoryStream(Alter(File.ReadAllBytes(path))));
    }

    private byte[] Alter(byte[] image)
    {
        using var assembly = new PEReader(new MemoryStream(image, writable: false));
        MetadataReader metadata = assembly.GetMetadataReader();
        int start = assembly.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.String);
        Span<byte> strings = image.AsSpan(start, metadata.GetHeapSize(HeapIndex.String));
        byte[] whole = Encoding.UTF8.GetBytes($"\0{name}\0");
        if (strings.IndexOf(whole) is >= 0 and int place)
        {
            strings[place + whole.Length - 2] = (byte)'_';
            AlteredCount++;
        }

        if (image.AsSpan().IndexOf(Encoding.UTF8.GetBytes(_version)) is >= 0 and int version)
        {
            image[version] = (byte)'9';
        }

        return image;
    }
}
