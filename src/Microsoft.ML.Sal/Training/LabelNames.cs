using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads the names of the classes: the label's key values as text, whatever their type.</summary>
internal static class LabelNames
{
    /// <summary>Reads one name per class, in the order of the keys; null when the label's keys have no values.</summary>
    public static IReadOnlyList<string>? Read(DataViewSchema.Column label)
    {
        if (label.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues) is not { Type: VectorDataViewType values } keyValues)
        {
            return null;
        }

        MethodInfo read = typeof(LabelNames).GetMethod(nameof(ReadValues), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (string[])read.MakeGenericMethod(values.ItemType.RawType).Invoke(null, [label.Annotations, keyValues])!;
    }

    private static string[] ReadValues<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column keyValues)
    {
        VBuffer<T> values = default;
        annotations.GetGetter<VBuffer<T>>(keyValues)(ref values);
        return [.. values.DenseValues().Select(Text)];
    }

    private static string Text<T>(T value) => value switch
    {
        // Two values never get one name: to the tick, and with the offset. ML.NET neither compares nor saves the kind of a DateTime, so a
        // loaded pipeline would name the classes of its own model differently.
        DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
            .ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
