using System.Text;
using Quickstart.Tables;

namespace Quickstart.Tests;

[TestClass]
public sealed class CsvTableTests : IDisposable
{
    private const string WhatCsvIs = " A CSV file has a header line with the names of the columns, and then one line per row.";
    private const string Quoting = " A field that contains the separator, a quote or a line break must be enclosed in quotes.";

    private readonly TableFile _file = new();

    [TestMethod]
    [DataRow("a,b,c\n1,2;3,4\n", ',')]
    [DataRow("a;b;c\n1,5;2,5;3,5\n", ';')]
    [DataRow("a\tb\tc\nhello, you\t1;2\t3\n", '\t')]
    [DataRow("a|b|c\n1,2|3,4|5,6\n", '|')]
    [DataRow("\"a;x\",\"b;y\",c\n1,2,3\n", ',')]
    [DataRow("sep=;\na;b;c\n1,2;3,4;5,6\n", ';')]
    public void The_separator_is_found(string text, char separator)
    {
        CsvTable table = _file.Read(text);

        Assert.AreEqual(separator, table.Separator);
        Assert.HasCount(3, table.Columns);
    }

    [TestMethod]
    public void Quotes_line_breaks_blank_lines_and_blanks_are_resolved_and_lines_are_counted()
    {
        CsvTable table = _file.Read("a, b ,\"c\"\r\n1,\"x, \"\"y\"\"\r\nz\", 3 \r\n\r\n4,5\" pipe,6\r\n");

        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, table.Columns);
        CollectionAssert.AreEqual(new[] { "1", "x, \"y\"\r\nz", "3" }, table.Rows[0].Cells);
        CollectionAssert.AreEqual(new[] { "4", "5\" pipe", "6" }, table.Rows[1].Cells);
        CollectionAssert.AreEqual(new long[] { 2, 5 }, table.Rows.Select(row => row.Line).ToArray());
    }

    [TestMethod]
    [DataRow("utf-8", true)]
    [DataRow("utf-8", false)]
    [DataRow("utf-16", true)]
    [DataRow("windows-1252", false)]
    public void The_encoding_is_found(string encodingName, bool hasByteOrderMark)
    {
        Encoding encoding = encodingName switch
        {
            "utf-8" => new UTF8Encoding(hasByteOrderMark),
            "utf-16" => Encoding.Unicode,
            _ => CodePagesEncodingProvider.Instance.GetEncoding(encodingName)!,
        };

        CsvTable table = _file.Read("größe;€\n1;2\n", encoding);

        CollectionAssert.AreEqual(new[] { "größe", "€" }, table.Columns);
        Assert.AreEqual(encodingName, table.EncodingName);
    }

    [TestMethod]
    public void A_column_without_a_name_is_called_by_its_position() =>
        CollectionAssert.AreEqual(new[] { "column 1", "a" }, _file.Read("\"\",a\n1,2\n").Columns);

    [TestMethod]
    [DataRow("", "'data.csv' is empty.")]
    [DataRow(" \n\n", "'data.csv' is empty.")]
    [DataRow("a,b\n", "'data.csv' has a header, but no rows.")]
    [DataRow(
        "some prose\nand more\n",
        "'data.csv', line 1: the header has one column only, 'some prose'. "
        + "Columns must be separated by commas, semicolons, tabs or pipes.")]
    [DataRow("{\"a\": [1, 2]}", "'data.csv' is not a CSV file but JSON." + WhatCsvIs)]
    [DataRow("[\n  {\"a\": 1}]", "'data.csv' is not a CSV file but JSON." + WhatCsvIs)]
    [DataRow("<!DOCTYPE html>", "'data.csv' is not a CSV file but HTML or XML." + WhatCsvIs)]
    [DataRow("ab\0\u0001,c\n1,2", "'data.csv' is not a CSV file but a binary file." + WhatCsvIs)]
    [DataRow(
        "PK\u0003\u0004x",
        "'data.csv' is not a CSV file but a zip archive or a workbook (.xlsx; save the sheet as CSV)." + WhatCsvIs)]
    [DataRow("a,b,a\n1,2,3\n", "'data.csv', line 1: there is more than one column 'a'. Rename all but one.")]
    [DataRow(
        "a,b,c\n1,\"x\ny\",3\n4\n",
        "'data.csv', line 4: the row has 1 field, but the header has 3." + Quoting)]
    [DataRow(
        "a,b\n1,2\n3,4,5\n",
        "'data.csv', line 3: the row has 3 fields, but the header has 2." + Quoting)]
    [DataRow("a,b\n1,2\n3,\"4\n5,6\n", "'data.csv', line 3: a quoted field begins here that is never closed.")]
    [DataRow(
        "a,b\n1,\"2\"x\n",
        "'data.csv', line 2: text follows the closing quote of a field; quotes within a quoted field must be doubled.")]
    public void What_is_wrong_with_a_file_is_said(string text, string message)
    {
        UserErrorException exception = Assert.ThrowsExactly<UserErrorException>(() => _file.Read(text));

        Assert.AreEqual(message, exception.Message);
    }

    [TestMethod]
    public void A_file_that_does_not_exist_is_named() =>
        Assert.AreEqual(
            $"There is no file '{_file.PathOf("other.csv")}'.",
            Assert.ThrowsExactly<UserErrorException>(() => CsvTable.Read(new FileInfo(_file.PathOf("other.csv")))).Message);

    public void Dispose() => _file.Dispose();
}
