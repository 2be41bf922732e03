using System.Reflection;
using System.Runtime.CompilerServices;
using Sal.Core.Model;

namespace Sal.Core.Tests;

/// <summary>What the folders of Sal.Core promise: dependencies point one way, and signatures stay short.</summary>
[TestClass]
public class ArchitectureTests
{
    private const int MaximumParameters = 6;

    private static readonly Assembly Engine = typeof(SalModel).Assembly;

    // The layers that each layer may use besides itself. Options are the public enums, Api is the model, the trainer and its options.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["Options"] = [],
        ["Network"] = ["Numerics", "Options"],
        ["Data"] = ["Numerics", "Options"],
        ["Scoring"] = ["Numerics", "Options", "Network", "Data"],
        ["Files"] = ["Numerics", "Options", "Network", "Data", "Api"],
        ["Onnx"] = ["Numerics", "Options", "Network", "Data", "Api"],
        ["Training"] = ["Numerics", "Options", "Network", "Data", "Scoring", "Files", "Api"],
    };

    private static readonly string[] KnownExceptions =
    [
        "Scoring/BatchScoring -> Api/SalModel", // scores with the model, which calls it
    ];

    private static readonly string[] KnownLongSignatures =
    [
        "Branch..ctor", // a checkpoint restores all of its state at once
        "NetworkShape..ctor", // a record of eight values
    ];

    public static IEnumerable<object[]> Layers => Allowed.Keys.Select(layer => new object[] { layer });

    [TestMethod]
    [DynamicData(nameof(Layers))]
    public void A_layer_uses_only_the_layers_below(string layer)
    {
        Type[] types = [.. Engine.GetTypes().Where(type => LayerOf(type) == layer)];
        Assert.IsNotEmpty(types);

        IEnumerable<string> dependencies =
            from type in types
            from used in TypeUsage.Of(type)
            where used.Assembly == Engine
            let other = LayerOf(used)
            where other != layer && other != "Compiler" && !Allowed[layer].Contains(other)
            select $"{layer}/{Outermost(type).Name} -> {other}/{Outermost(used).Name}";

        IEnumerable<string> known = KnownExceptions.Where(exception => exception.StartsWith($"{layer}/", StringComparison.Ordinal));
        Assert.AreEqual(Lines(known), Lines(dependencies));
    }

    [TestMethod]
    public void Every_type_belongs_to_a_layer()
    {
        IEnumerable<string> others = Engine.GetTypes().Select(LayerOf).Distinct().Except(Allowed.Keys).Except(["Api", "Compiler"]);
        Assert.AreEqual("", string.Join(", ", others));
    }

    [TestMethod]
    public void The_engine_depends_on_the_runtime_alone()
    {
        IEnumerable<string?> names = Engine.GetReferencedAssemblies().Select(assembly => assembly.Name);
        Assert.IsTrue(names.All(name => name!.StartsWith("System.", StringComparison.Ordinal)), string.Join(", ", names));
    }

    [TestMethod]
    public void Methods_have_at_most_six_parameters()
    {
        IEnumerable<string> signatures =
            from type in Engine.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute))
            from method in type.GetMembers(TypeUsage.Declared).OfType<MethodBase>()
            where method.GetParameters().Length > MaximumParameters
            where !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<', StringComparison.Ordinal)
            where !(method.IsConstructor && type.IsPublic && IsRecord(type))
            select $"{type.Name}.{method.Name}";

        Assert.AreEqual(Lines(KnownLongSignatures), Lines(signatures));
    }

    [TestMethod]
    public void Types_are_found_in_declarations_signatures_and_bodies()
    {
        Type[] used = [.. TypeUsage.Of(typeof(Sample<>))];
        Type[] expected =
        [
            typeof(Stream), typeof(IComparable<>), typeof(IDisposable), typeof(Uri), typeof(List<>), typeof(Version), typeof(Random),
            typeof(Guid), typeof(Stack<>), typeof(StringComparer),
        ];
        CollectionAssert.IsSubsetOf(expected, used);
        CollectionAssert.DoesNotContain(used, typeof(Queue<>));
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Distinct().Order(StringComparer.Ordinal));

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", TypeUsage.Declared) is not null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string LayerOf(Type type) => Outermost(type) switch
    {
        { IsPublic: true, IsEnum: true } => "Options",
        { IsPublic: true, Namespace: "Sal.Core.Model" or "Sal.Core.Training" } => "Api",
        { Namespace: { } name } when name.StartsWith("Sal.Core.", StringComparison.Ordinal) => name.Split('.')[2],
        _ => "Compiler",
    };

    private abstract unsafe class Sample<T> : Stream, IComparable<T>
        where T : IDisposable
    {
        public readonly Uri Field = new("sal:test");

        public List<Version[]>? Property { get; init; }

        public Random Method(Guid* pointer)
        {
            object local = new Stack<int>();
            return local.Equals(StringComparer.Ordinal) ? new Random((int)(nint)pointer) : Random.Shared;
        }

        public abstract int CompareTo(T? other);
    }
}
