namespace Microsoft.ML.Data;

/// <summary>Makes getters that apply one function to every item of a column, be it scalar or vector.</summary>
internal static class ItemGetter
{
    public static Delegate Make<TIn, TOut>(DataViewRow row, DataViewSchema.Column input, Func<TIn, TOut> map) =>
        input.Type is VectorDataViewType ? MakeVector(row.GetGetter<VBuffer<TIn>>(input), map) : MakeScalar(row.GetGetter<TIn>(input), map);

    private static ValueGetter<TOut> MakeScalar<TIn, TOut>(ValueGetter<TIn> getter, Func<TIn, TOut> map)
    {
        TIn source = default;
        return (ref TOut value) =>
        {
            getter(ref source);
            value = map(source);
        };
    }

    private static ValueGetter<VBuffer<TOut>> MakeVector<TIn, TOut>(ValueGetter<VBuffer<TIn>> getter, Func<TIn, TOut> map)
    {
        VBuffer<TIn> source = default;
        var keepsDefault = EqualityComparer<TOut>.Default.Equals(map(default), default);
        return (ref VBuffer<TOut> value) =>
        {
            getter(ref source);
            if (!source.IsDense && !keepsDefault)
            {
                source.CopyToDense(ref source);
            }

            var items = source.GetValues();
            var editor = VBufferEditor.Create(ref value, source.Length, items.Length);
            source.GetIndices().CopyTo(editor.Indices);
            for (var i = 0; i < items.Length; i++)
            {
                editor.Values[i] = map(items[i]);
            }

            value = editor.Commit();
        };
    }
}
