using System.Reflection;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads the version of the package that an assembly comes from, without the commit.</summary>
internal static class AssemblyVersion
{
    public static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "of unknown version";
}
