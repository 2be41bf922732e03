using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Tells in the log how each column is used, and in one warning which ones are left out, and why.</summary>
/// <param name="output">The name of the column of features.</param>
/// <param name="plans">The decisions.</param>
internal sealed class TabularLog(string output, IReadOnlyList<ColumnPlan> plans)
{
    private static readonly (ColumnUse Use, string Name)[] _uses =
    [
        (ColumnUse.Number, "as numbers"),
        (ColumnUse.Category, "as categories"),
        (ColumnUse.Key, "as keys"),
        (ColumnUse.Text, "by their words"),
        (ColumnUse.Date, "as dates"),
        (ColumnUse.Vector, "as vectors"),
    ];

    /// <summary>Gets the message that no column is left.</summary>
    public string NothingLeft => plans.Count == 0
        ? $"There is no column to make '{output}' of: all are kept out by name."
        : $"There is no column to make '{output}' of. {LeftOut}";

    private ColumnPlan[] LeftOutPlans => [.. plans.Where(plan => plan.Use == ColumnUse.LeftOut)];

    private string LeftOut
    {
        get
        {
            ColumnPlan[] leftOut = LeftOutPlans;
            return $"Left out: {NameList.Join(leftOut.Length, index => $"'{leftOut[index].Name}' {leftOut[index].Reason}")}. To use one "
                + "nevertheless, name it in NumericColumnNames, CategoricalColumnNames or TextColumnNames of the options; to agree, in "
                + "IgnoredColumnNames.";
        }
    }

    public void Write(IChannel channel)
    {
        IEnumerable<string> groups = _uses
            .Select(use => (use.Name, Columns: plans.Where(plan => plan.Use == use.Use).Select(plan => plan.Name).ToArray()))
            .Where(group => group.Columns.Length > 0)
            .Select(group => $"{group.Columns.Length} {group.Name} ({NameList.Quote(group.Columns)})");
        channel.Info(MessageSensitivity.Schema, $"Columns in '{output}': {string.Join(", ", groups)}.");
        foreach (ColumnPlan plan in plans.Where(plan => plan.Use != ColumnUse.LeftOut && plan.Remark is not null))
        {
            channel.Info(MessageSensitivity.Schema | MessageSensitivity.UserData, plan.Remark!);
        }

        if (LeftOutPlans.Length > 0)
        {
            channel.Warning(MessageSensitivity.Schema, $"Columns not in '{output}'. {LeftOut}");
        }
    }
}
