using System.Globalization;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>How often a class (row) was taken for another (column).</summary>
public sealed class ConfusionMatrix
{
    private const int MaximumNameLength = 5;

    private readonly ReadOnlyMemory<char>[] names;

    internal ConfusionMatrix(double[] precision, double[] recall, double[][] counts, ReadOnlyMemory<char>[] names)
    {
        PerClassPrecision = precision;
        PerClassRecall = recall;
        Counts = counts;
        this.names = names;
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>Rows by actual class, columns by predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses => Counts.Count;

    /// <summary>The names of the classes, or their indices where they have none.</summary>
    internal IReadOnlyList<ReadOnlyMemory<char>> PredictedClassesIndicators => names;

    /// <summary>The table as text. Long class names are replaced by numbers in the head, with names and numbers at the rows.</summary>
    public string GetFormattedConfusionTable()
    {
        var longest = names.Max(name => name.Length);
        var numbered = longest > MaximumNameLength;
        var cell = NumberOfClasses == 2 ? 8 : 5;
        var digits = Invariant($"{NumberOfClasses - 1}").Length;
        var margin = numbered ? Math.Max(9, digits + 2 + longest) : 9;
        var line = new string(' ', margin) + " ||" + new string('=', NumberOfClasses * (cell + 3));
        var text = new StringBuilder().AppendLine().AppendLine("Confusion table").AppendLine(line);

        text.Append("PREDICTED".PadRight(margin)).Append(" ||");
        for (var i = 0; i < NumberOfClasses; i++)
        {
            AppendCell(text, numbered ? Invariant($"{i}") : names[i].ToString(), cell);
        }

        text.AppendLine(" Recall").AppendLine("TRUTH".PadRight(margin) + line[margin..]);
        for (var i = 0; i < NumberOfClasses; i++)
        {
            var number = Invariant($"{i}. ").PadLeft(digits + 2);
            text.Append(numbered ? number + names[i].ToString().PadLeft(margin - number.Length) : names[i].ToString().PadLeft(margin)).Append(" ||");
            foreach (var count in Counts[i])
            {
                AppendCell(text, Invariant($"{count:N0}"), cell);
            }

            text.AppendLine(Invariant($" {PerClassRecall[i]:F4}"));
        }

        text.AppendLine(line).Append("Precision".PadRight(margin)).Append(" ||");
        foreach (var precision in PerClassPrecision)
        {
            text.Append(Invariant($"{precision:F4}").PadLeft(cell + 1)).Append(" |");
        }

        return text.AppendLine().ToString();
    }

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        CheckClass(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        CheckClass(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    private static void AppendCell(StringBuilder text, string value, int width) => text.Append(' ').Append(value.PadLeft(width)).Append(" |");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void CheckClass(int index, string parameter)
    {
        if (index < 0 || index >= NumberOfClasses)
        {
            throw new ArgumentOutOfRangeException(parameter, "Invalid index. Should be non-negative, less than the number of classes.");
        }
    }
}
