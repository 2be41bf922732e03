using System.Collections.Concurrent;
using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>Finds the class that loads a part of a saved model, by the signature in the part's header.</summary>
public sealed class ComponentCatalog
{
    private readonly ConcurrentDictionary<Assembly, bool> registered = [];
    private readonly ConcurrentDictionary<string, LoadableClassAttribute> loaders = [];

    internal ComponentCatalog() => RegisterAssembly(typeof(ComponentCatalog).Assembly);

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (!registered.TryAdd(assembly, true))
        {
            return;
        }

        foreach (var loadable in assembly.GetCustomAttributes<LoadableClassAttribute>().Where(l => l.SigTypes.Contains(typeof(SignatureLoadModel))))
        {
            foreach (var name in loadable.LoadNames)
            {
                if (!loaders.TryAdd(name, loadable) && throwOnError)
                {
                    throw new InvalidOperationException($"ComponentCatalog cannot map name '{name}' and SignatureType '{typeof(SignatureLoadModel)}' to {loadable.InstanceType}, because it is already mapped.");
                }
            }
        }
    }

    /// <summary>Runs the loader: a static Create(env, ctx) of the loader type, or the instance type's constructor with these parameters.</summary>
    internal object CreateFromModel(IHostEnvironment env, string loaderSignature, ModelLoadContext ctx)
    {
        if (!loaders.TryGetValue(loaderSignature, out var loadable))
        {
            throw env.ExceptDecode($"Nothing is registered to load '{loaderSignature}' (of assembly '{ctx.LoaderAssemblyName}'). Register its assembly with mlContext.ComponentCatalog.RegisterAssembly.");
        }

        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        Type[] parameters = [typeof(IHostEnvironment), typeof(ModelLoadContext)];
        var create = loadable.LoaderType.GetMethod("Create", Any | BindingFlags.Static, parameters);
        if (create is not null)
        {
            return create.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [env, ctx], null);
        }

        var constructor = loadable.LoaderType.GetConstructor(Any | BindingFlags.Instance, parameters)
            ?? throw env.Except($"{loadable.LoaderType} has neither Create nor a constructor with (IHostEnvironment, ModelLoadContext).");
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [env, ctx], null);
    }
}
