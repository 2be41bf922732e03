using Quickstart.Tables;

namespace Quickstart.Tests;

[TestClass]
public sealed class ColumnAnalysisTests : IDisposable
{
    private readonly TableFile _file = new();

    [TestMethod]
    [DataRow("1.5;-2;3e2;NA;?;;null", nameof(ColumnKind.Number), "-2 to 300", 4)]
    [DataRow("1,5;-2,25;3;n/a;NaN;#N/A;.", nameof(ColumnKind.Number), "-2.25 to 3", 4)]
    [DataRow("2024-01-31;2023-12-01T10:30:00;NA", nameof(ColumnKind.Date), "2023-12-01 to 2024-01-31", 1)]
    [DataRow("31.1.2024;01.12.2023 10:30;", nameof(ColumnKind.Date), "2023-12-01 to 2024-01-31", 1)]
    [DataRow("red;blue;red;;red", nameof(ColumnKind.Category), "2 values: red, blue", 1)]
    [DataRow("yes;no;no;yes;no", nameof(ColumnKind.Category), "2 values: no, yes", 0)]
    [DataRow("1;2;A;1;2;2", nameof(ColumnKind.Category), "3 values: 2, 1, A", 0)]
    [DataRow("1;2;3;4;5;6", nameof(ColumnKind.LeftOut), "identifier: counts the rows", 0)]
    [DataRow("7;7;7;7;7;7", nameof(ColumnKind.LeftOut), "constant: always 7", 0)]
    [DataRow("NA;;?;null;NaN", nameof(ColumnKind.LeftOut), "empty", 5)]
    [DataRow("3/4/2024;4/5/2024;NA", nameof(ColumnKind.LeftOut), "dates whose day and month cannot be told apart; write 2024-01-31", 1)]
    public void The_kind_of_a_column_is_found(string cells, string kind, string values, int missingCells)
    {
        ColumnProfile profile = _file.Analyze($"x;other\n{string.Concat(cells.Split(';').Select(cell => $"{cell};z\n"))}", "x");

        Assert.AreEqual((kind, values, missingCells), (profile.Kind.ToString(), profile.Values, profile.MissingCells));
    }

    [TestMethod]
    public void Texts_and_identifiers_are_told_apart()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"A-{i};the boat number {i} left;{i * 31 % 977}\n"));
        string text = $"code;remark;PatientID\n{rows}";

        Assert.AreEqual((ColumnKind.LeftOut, "identifier: nearly every row has another value"), KindOf("code"));
        Assert.AreEqual((ColumnKind.Text, "60 texts of 5 words"), KindOf("remark"));
        Assert.AreEqual((ColumnKind.LeftOut, "identifier: every row has another value"), KindOf("PatientID"));

        (ColumnKind, string) KindOf(string column) => (_file.Analyze(text, column).Kind, _file.Analyze(text, column).Values);
    }

    [TestMethod]
    public void Commas_are_decimal_only_between_semicolons() =>
        Assert.AreEqual(ColumnKind.Category, _file.Analyze("x\ty\n1,234\t1\n1,234\t2\n5,678\t1\n", "x").Kind);

    [TestMethod]
    public void A_text_among_numbers_is_refused_unless_it_stands_for_a_missing_cell()
    {
        string text = $"x,y\n{string.Concat(Enumerable.Range(0, 40).Select(i => $"{i * 1.5},{i % 2}\n"))}unknown,1\n";

        UserErrorException exception = Assert.ThrowsExactly<UserErrorException>(() => _file.Analyze(text, "x"));
        Assert.AreEqual(
            "'data.csv', line 42: 'unknown' in the column 'x' is not a number, but 98 % of the column's cells are. "
            + "Correct it, or, if it stands for a missing cell, add --missing \"unknown\".",
            exception.Message);
        ColumnProfile profile = _file.Analyze(text, "x", "unknown");
        Assert.AreEqual((ColumnKind.Number, 1), (profile.Kind, profile.MissingCells));
    }

    public void Dispose() => _file.Dispose();
}
