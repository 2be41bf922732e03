namespace System.Runtime.CompilerServices;

/// <summary>
/// Lets the assembly that carries this attribute use the internal members of the named assembly at run time. The runtime knows the
/// attribute by its full name; no library declares it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
