using System.Runtime.CompilerServices;
using Microsoft.ML.Trainers.Sal;

[assembly: IgnoresAccessChecksTo(OpenedAssemblies.Core)]
[assembly: IgnoresAccessChecksTo(OpenedAssemblies.Data)]
[assembly: IgnoresAccessChecksTo(OpenedAssemblies.Transforms)]

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Names the ML.NET assemblies whose internal members this one uses: saving, loading, logging and cancellation like those of the built-in
/// trainers need them.
/// <c>docs/internals.md</c> lists the members; <c>build/InternalsAccess</c> opens the assemblies to the compiler.
/// </summary>
internal static class OpenedAssemblies
{
    public const string Core = "Microsoft.ML.Core";
    public const string Data = "Microsoft.ML.Data";
    public const string Transforms = "Microsoft.ML.Transforms";
}
