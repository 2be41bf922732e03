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

    /// <summary>
    /// Describes a class in a message: its name or, where it has none, both numbers by which users of ML.NET know it. Labels of
    /// <c>[KeyType]</c> and the slots of Score count from 0, but the keys in PredictedLabel from 1.
    /// </summary>
    /// <param name="names">The names of the classes, or null.</param>
    /// <param name="classIndex">The class, from 0.</param>
    public static string Describe(IReadOnlyList<string>? names, int classIndex) => names is not null
        ? NameList.Quote(names[classIndex])
        : $"label {classIndex} (slot {classIndex} of Score, PredictedLabel {classIndex + 1})";

    private static string[] ReadValues<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column keyValues)
    {
        VBuffer<T> values = default;
        annotations.GetGetter<VBuffer<T>>(keyValues)(ref values);
        return [.. values.DenseValues().Select(Text)];
    }

    private static string Text<T>(T value) => value switch
    {
        // Two values never get one name: to the tick, and with the offset.
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
