using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Reads the names of classes from the annotations of a column, as text, whatever their type.</summary>
internal static class LabelNames
{
    /// <summary>Reads one name per class, in the order of the keys; null when the label's keys have no values.</summary>
    public static IReadOnlyList<string>? Read(DataViewSchema.Column label) => Read(label, AnnotationUtils.Kinds.KeyValues);

    /// <summary>Reads one name per class, in the order of the scores; null when the scores do not name their classes.</summary>
    // SAL names the slots. ML.NET's trainers name them if the label is text, and otherwise keep its values, of any type, beside the scores.
    public static IReadOnlyList<string>? ReadScored(DataViewSchema.Column score) =>
        Read(score, AnnotationUtils.Kinds.SlotNames) ?? Read(score, AnnotationUtils.Kinds.TrainingLabelValues);

    private static string[]? Read(DataViewSchema.Column column, string annotation)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation) is not { Type: VectorDataViewType values } names)
        {
            return null;
        }

        MethodInfo read = typeof(LabelNames).GetMethod(nameof(ReadValues), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (string[])read.MakeGenericMethod(values.ItemType.RawType).Invoke(null, [column.Annotations, names])!;
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

    private static string[] ReadValues<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column names)
    {
        VBuffer<T> values = default;
        annotations.GetGetter<VBuffer<T>>(names)(ref values);
        return [.. values.DenseValues().Select(Text)];
    }

    /// <summary>Gets the name of a class: its value as text, the same on every machine.</summary>
    public static string Text<T>(T value) => value switch
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
