using System.Reflection;
using System.Reflection.Emit;

namespace Sal.Core.Tests;

/// <summary>Finds the types that a type uses: in its declaration, in the signatures of its members, and in their bodies.</summary>
internal static class TypeUsage
{
    public const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    public static IEnumerable<Type> Of(Type type)
    {
        IEnumerable<Type?> declaration = [type.BaseType, .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments())];
        IEnumerable<Type?> fields = type.GetFields(Declared).Select(field => field.FieldType);
        IEnumerable<Type?> methods = type.GetMembers(Declared).OfType<MethodBase>().SelectMany(Of);
        return declaration.Concat(fields).Concat(methods).OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type?> Of(MethodBase method) =>
    [
        .. Signature(method),
        .. Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []),
        .. method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [],
        .. Tokens(method).SelectMany(token => Resolve(method, token)),
    ];

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        Type[]? typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, typeArguments, methodArguments) switch
        {
            Type used => [used],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase called =>
                [called.DeclaringType, .. Signature(called), .. called.IsGenericMethod ? called.GetGenericArguments() : []],
            _ => [],
        };
    }

    // Tokens of members in the body; those of strings and of stand-alone signatures name no type.
    private static IEnumerable<int> Tokens(MethodBase method)
    {
        byte[] body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i < body.Length;)
        {
            OpCode code = Codes[body[i] == 0xFE ? 0xFE00 | body[i + 1] : body[i]];
            i += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(body, i);
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(body, i),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        IEnumerable<Type> parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        return method is MethodInfo { ReturnType: { } result } ? parameters.Append(result) : parameters;
    }

    private static IEnumerable<Type> Constraints(Type[] arguments) =>
        arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints());

    // The type itself, or the element and argument types that it is made of.
    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericParameter: true } => [],
        { IsGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };
}
