namespace Microsoft.ML.Data;

internal delegate void ValueMapper<TSrc, TDst>(in TSrc src, ref TDst dst);

/// <summary>A model that maps one value to another, such as features to scores.</summary>
internal interface IValueMapper
{
    DataViewType InputType { get; }

    DataViewType OutputType { get; }

    ValueMapper<TSrc, TDst> GetMapper<TSrc, TDst>();
}
