namespace System.Runtime.CompilerServices;

/// <summary>The runtime lets the assembly that carries this attribute use the internals of the assembly named. It knows the attribute by its name; no library declares it.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
