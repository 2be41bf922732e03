using System.Reflection;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Sal.Benchmarks.Tests;

/// <summary>The options of ML.NET's trainers.</summary>
internal static class PeerOptions
{
    /// <summary>Gets the classes of options, in the order of the columns of docs/features.md.</summary>
    public static Type[] All { get; } =
    [
        typeof(LightGbmMulticlassTrainer.Options),
        typeof(FastTreeBinaryTrainer.Options),
        typeof(SdcaMaximumEntropyMulticlassTrainer.Options),
        typeof(LbfgsMaximumEntropyMulticlassTrainer.Options),
    ];

    /// <summary>Finds the field or property of an option; null if there is none.</summary>
    public static MemberInfo? Find(Type options, string name) => options.GetMember(name).SingleOrDefault();

    /// <summary>Gets the default of an option.</summary>
    public static object? Default(Type options, string name)
    {
        object instance = Activator.CreateInstance(options)!;
        return Find(options, name) switch
        {
            FieldInfo field => field.GetValue(instance),
            PropertyInfo property => property.GetValue(instance),
            _ => throw new ArgumentException($"{options} has no option '{name}'."),
        };
    }
}
