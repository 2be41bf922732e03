namespace Microsoft.ML.Data;

/// <summary>The type of a column or annotation; <see cref="RawType"/> is the .NET type that getters fill.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType)
    {
        ArgumentNullException.ThrowIfNull(rawType);
        RawType = rawType;
    }

    public Type RawType { get; }

    public abstract bool Equals(DataViewType other);

    public override bool Equals(object obj) => Equals(obj as DataViewType);

    public override int GetHashCode() => RawType.GetHashCode();
}

/// <summary>A type with parts, such as a vector.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}

/// <summary>A type that can be the item of a vector.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
    }

    /// <summary>Types without parameters have one instance each.</summary>
    public override bool Equals(DataViewType other) => ReferenceEquals(this, other);

    public override bool Equals(object obj) => Equals(obj as DataViewType);

    public override int GetHashCode() => base.GetHashCode();
}
