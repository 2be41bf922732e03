using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Internals;

/// <summary>docs/internals.md lists the non-public members of ML.NET that the compiled trainer uses.</summary>
[TestClass]
public partial class InternalMembersTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Module _module = typeof(SalMulticlassTrainer).Module;

    [TestMethod]
    public void The_page_lists_exactly_the_internal_members_that_the_assembly_uses()
    {
        string[] used = [.. References().Concat(Overrides()).Concat(Implementations()).Distinct().Order(StringComparer.Ordinal)];
        string[] listed = [.. Listed().Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(listed.Distinct().ToArray(), listed, "A member is listed twice.");
        Assert.AreEqual("", string.Join(", ", used.Except(listed)), "Used, but not listed.");
        Assert.AreEqual("", string.Join(", ", listed.Except(used)), "Listed, but not used.");
    }

    // The rows of the page's table: | `Type` | `Member`, `Member` | why |
    private static IEnumerable<string> Listed()
    {
        string page = Path.Combine(AppContext.BaseDirectory, "Documentation", "docs", "internals.md");
        foreach (string line in File.ReadLines(page).Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            string type = cells[1].Trim('`');
            yield return type;
            foreach (Match member in Name.Matches(cells[2]))
            {
                yield return $"{type}.{member.Groups[1].Value}";
            }
        }
    }

    private static IEnumerable<string> References()
    {
        using var assembly = new PEReader(File.OpenRead(_module.FullyQualifiedName));
        MetadataReader metadata = assembly.GetMetadataReader();
        IEnumerable<Type> types = metadata.TypeReferences.Select(type => _module.ResolveType(MetadataTokens.GetToken(type)));
        IEnumerable<MemberInfo?> members = metadata.MemberReferences.Select(member => Resolve(MetadataTokens.GetToken(member)));
        return
        [
            .. types.Where(type => IsOpened(type) && !type.IsVisible).Select(Describe),
            .. members.OfType<MemberInfo>().Where(IsInternal).SelectMany(Describe),
        ];
    }

    private static MemberInfo? Resolve(int token)
    {
        try
        {
            return _module.ResolveMember(token);
        }
        catch (ArgumentException)
        {
            // A member of a generic type with a type parameter of this assembly.
            return null;
        }
    }

    private static IEnumerable<string> Overrides() => _module.GetTypes().SelectMany(type => type.GetMethods(Declared))
        .Select(method => method.GetBaseDefinition()).Where(IsInternal).SelectMany(Describe);

    private static IEnumerable<string> Implementations() => _module.GetTypes().Where(type => !type.IsInterface)
        .SelectMany(type => type.GetInterfaces().Except(type.BaseType!.GetInterfaces()).Where(IsOpened).Select(type.GetInterfaceMap))
        .SelectMany(map => map.InterfaceMethods).Where(IsInternal).SelectMany(Describe);

    private static bool IsOpened(Type type) =>
        type.Assembly.GetName().Name is "Microsoft.ML.Core" or "Microsoft.ML.Data" or "Microsoft.ML.Transforms";

    private static bool IsInternal(MemberInfo member) => IsOpened(member.DeclaringType!) && member switch
    {
        { DeclaringType.IsVisible: false } => true,
        MethodBase method => method.IsAssembly || method.IsFamilyAndAssembly || method.IsPrivate,
        FieldInfo field => field.IsAssembly || field.IsFamilyAndAssembly || field.IsPrivate,
        _ => false,
    };

    // The type, and the member by the name that the page uses for constructors and properties.
    private static IEnumerable<string> Describe(MemberInfo member)
    {
        string type = Describe(member.DeclaringType!);
        return [type, $"{type}.{(member.Name == ".ctor" ? "constructor" : Accessor.Replace(member.Name, ""))}"];
    }

    private static string Describe(Type type) =>
        (type.IsNested ? $"{Describe(type.DeclaringType!)}." : "") + Arity.Replace(type.Name, "");

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Name { get; }

    [GeneratedRegex("^[gs]et_")]
    private static partial Regex Accessor { get; }

    [GeneratedRegex("`[0-9]+$")]
    private static partial Regex Arity { get; }
}
