namespace Microsoft.ML.Data;

/// <summary>Reads a scalar or vector column of real numbers as a vector of doubles.</summary>
internal static class RealGetter
{
    public static ValueGetter<VBuffer<double>> Make(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = column.Type.ItemType() == NumberDataViewType.Double
            ? ItemGetter.Make<double, double>(row, column, value => value)
            : ItemGetter.Make<float, double>(row, column, value => value);
        return getter as ValueGetter<VBuffer<double>> ?? AsVector((ValueGetter<double>)getter);
    }

    private static ValueGetter<VBuffer<double>> AsVector(ValueGetter<double> getter) => (ref VBuffer<double> value) =>
    {
        var number = 0.0;
        getter(ref number);
        value = new VBuffer<double>(1, [number]);
    };
}
