using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>
/// Checks that the loaded ML.NET has every member that this assembly was compiled against, so that another version fails with one clear
/// error instead of a <see cref="MissingMethodException"/> somewhere in training or scoring.
/// </summary>
/// <remarks>
/// There is no list of members to maintain: the check resolves the references in this assembly's own metadata, as the runtime would when
/// it first uses each of them. Callers keep code that needs ML.NET's internals in a method of its own, because the runtime resolves a
/// method's references before its first line runs.
/// </remarks>
internal static class MLNetCompatibility
{
    private static volatile bool _isCompatible;

    private static Assembly Core => typeof(IHostEnvironment).Assembly;

    private static Assembly Data => typeof(MLContext).Assembly;

    private static Assembly Transforms => typeof(MulticlassClassificationMetricsStatistics).Assembly;

    /// <summary>Checks the loaded ML.NET, once per process.</summary>
    /// <exception cref="InvalidOperationException">
    /// A member is missing; the message names it and both versions, and explains what to do.
    /// </exception>
    public static void Check()
    {
        if (_isCompatible)
        {
            return;
        }

        try
        {
            Module module = typeof(MLNetCompatibility).Module;
            ResolveReferences(module);
            CheckOverrides(module.GetTypes());
        }
        catch (ReflectionTypeLoadException exception)
        {
            throw Incompatible(exception.LoaderExceptions.First(inner => inner is not null)!);
        }
        catch (Exception exception) when (exception is TypeLoadException or MissingMemberException)
        {
            throw Incompatible(exception);
        }

        _isCompatible = true;
    }

    // Types before members: the error then names a missing type itself, not the first member that needs it.
    private static unsafe void ResolveReferences(Module module)
    {
        // Unlike Assembly.Location, this works in a single-file program too.
        if (!module.Assembly.TryGetRawMetadata(out byte* metadata, out int length))
        {
            return;
        }

        var reader = new MetadataReader(metadata, length);
        foreach (TypeReferenceHandle type in reader.TypeReferences)
        {
            if (IsOpened(reader, type))
            {
                module.ResolveType(MetadataTokens.GetToken(type));
            }
        }

        foreach (MemberReferenceHandle member in reader.MemberReferences)
        {
            MemberReference reference = reader.GetMemberReference(member);
            if (IsOpened(reader, reference.Parent))
            {
                Resolve(module, reference, MetadataTokens.GetToken(member), reader);
            }
        }
    }

    private static void Resolve(Module module, MemberReference reference, int token, MetadataReader reader)
    {
        try
        {
            module.ResolveMember(token);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Reflection reports a missing field this way.
            Type type = module.ResolveType(MetadataTokens.GetToken(reference.Parent));
            throw new MissingFieldException($"Field not found: '{FullName(type)}.{reader.GetString(reference.Name)}'.");
        }
        catch (ArgumentException)
        {
            // A member of a generic type over a type parameter of ours, which has no argument to resolve it with.
        }
    }

    private static bool IsOpened(MetadataReader reader, EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeReference:
                return IsOpened(reader, reader.GetTypeReference((TypeReferenceHandle)type).ResolutionScope);
            case HandleKind.TypeSpecification:
                // ECMA-335 II.23.2.12: GENERICINST, CLASS or VALUETYPE, the generic type.
                BlobReader signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
                return signature.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance
                    && signature.ReadCompressedInteger() > 0
                    && IsOpened(reader, signature.ReadTypeHandle());
            case HandleKind.AssemblyReference:
                StringHandle name = reader.GetAssemblyReference((AssemblyReferenceHandle)type).Name;
                return reader.GetString(name) is OpenedAssemblies.Core or OpenedAssemblies.Data or OpenedAssemblies.Transforms;
            default:
                return false;
        }
    }

    // The runtime treats an override whose base method is missing as a new member, which is never called.
    private static void CheckOverrides(Type[] types)
    {
        const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (Type type in types.Where(type => type.BaseType is not null && IsOpened(type.BaseType.Assembly)))
        {
            foreach (MethodInfo method in type.GetMethods(Declared))
            {
                bool isOverride = method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot);
                if (isOverride && method.GetBaseDefinition() == method)
                {
                    throw new MissingMethodException($"Method not found: '{FullName(type.BaseType!)}.{method.Name}'.");
                }
            }
        }
    }

    private static bool IsOpened(Assembly assembly) => assembly == Core || assembly == Data || assembly == Transforms;

    // Without type arguments, which would name their assemblies.
    private static string FullName(Type type) => $"{type.Namespace}.{type.Name}";

    private static InvalidOperationException Incompatible(Exception missing)
    {
        string loaded = AssemblyVersion.Of(Data);
        // No inner exception: ML.NET wraps exceptions thrown while a model loads, and GetBaseException should lead here.
        return new InvalidOperationException(
            $"This MLNet.Trainers.Sal was built against Microsoft.ML {MLNetVersion.BuiltAgainst}, but Microsoft.ML {loaded} is loaded, "
            + $"which lacks a member that the trainer uses. {missing.Message} "
            + $"Reference Microsoft.ML {MLNetVersion.BuiltAgainst}, or a version of MLNet.Trainers.Sal that was built against {loaded}.");
    }
}
