using System.Reflection;

namespace Microsoft.ML.Sal.Tests;

/// <summary>Pins the public API: a change of it must be a change of PublicApi.txt too.</summary>
[TestClass]
public class PublicApiTests
{
    [TestMethod]
    public void The_public_API_is_the_one_on_file()
    {
        string[] actual = [.. typeof(SalCatalog).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(DescribeMembers)];
        string[] expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt"));

        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual), $"The public API is now:\n{string.Join('\n', actual)}\n");
    }

    private static IEnumerable<string> DescribeMembers(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        yield return $"{(type.IsAbstract && type.IsSealed ? "static " : type.IsSealed ? "sealed " : "")}class {type.FullName}";
        foreach (string member in type.GetMembers(Declared).Select(Describe).OfType<string>().Order(StringComparer.Ordinal))
        {
            yield return $"    {member}";
        }
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Describe(constructor.GetParameters())})",
        MethodInfo { IsSpecialName: false } method => $"{Describe(method.ReturnType)} {method.Name}({Describe(method.GetParameters())})",
        PropertyInfo property => $"{Describe(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        FieldInfo field => $"{Describe(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string Describe(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{Describe(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? FormattableString.Invariant($" = {parameter.DefaultValue ?? "null"}") : "")}"));

    private static string Describe(Type type) => type switch
    {
        { IsByRef: true } => Describe(type.GetElementType()!) + "&",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Describe))}>",
        _ => type.Name,
    };
}
