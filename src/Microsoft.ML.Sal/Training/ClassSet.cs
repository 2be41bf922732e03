using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>The classes of a label column, of a model or of an evaluation.</summary>
/// <param name="Owner">Whose classes these are, for messages: "the label column 'Label'".</param>
/// <param name="Count">The number of classes.</param>
/// <param name="Names">One name per class, in order; null where they have none.</param>
internal sealed record ClassSet(string Owner, int Count, IReadOnlyList<string>? Names)
{
    /// <summary>Gets the classes of a label column, which is a key.</summary>
    /// <param name="label">The column.</param>
    /// <param name="of">Where the column is, for messages: " of the validation set"; empty where that is clear.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too many classes.</exception>
    /// <exception cref="InvalidOperationException">The key has no values.</exception>
    public static ClassSet Of(DataViewSchema.Column label, string of = "") =>
        new($"the label column '{label.Name}'{of}", LabelReader.CountClasses(label), LabelNames.Read(label));

    /// <summary>Gets the classes of a model.</summary>
    public static ClassSet Of(SalMulticlassModelParameters model) => new("the model", model.ClassCount, model.ClassNames);

    /// <summary>Gets the classes of an evaluation, which numbers them from 0 where the scores that it read have no names.</summary>
    public static ClassSet Of(ConfusionMatrix matrix) => new(
        "the evaluation", matrix.NumberOfClasses, [.. matrix.PredictedClassesIndicators.Select(name => name.ToString())]);

    /// <summary>Lists the names, or says that there are none.</summary>
    public override string ToString() => Names is null ? $"{Count} without names" : NameList.Quote(Names);
}
