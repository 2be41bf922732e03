using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The type of a column of <see cref="TopClasses"/>.</summary>
internal sealed class TopClassesDataViewType : StructuredDataViewType
{
    private TopClassesDataViewType()
        : base(typeof(TopClasses))
    {
    }

    /// <summary>Gets the only instance.</summary>
    public static TopClassesDataViewType Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is TopClassesDataViewType;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TopClassesDataViewType;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(TopClassesDataViewType).GetHashCode();

    /// <summary>Gets the name of the type in error messages.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => nameof(TopClasses);

    /// <summary>Tells ML.NET that properties of type <see cref="TopClasses"/> are filled from columns of this type.</summary>
    internal static void Register() => DataViewTypeManager.Register(Instance, typeof(TopClasses));
}
