using System.Text;
using Quickstart.Tables;

namespace Quickstart.Tests;

/// <summary>CSV files of a test's own.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string PathOf(string name) => _folder.File(name);

    public FileInfo Write(string text, string name = "data.csv", Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), text, encoding ?? new UTF8Encoding(false));
        return new FileInfo(PathOf(name));
    }

    public CsvTable Read(string text, Encoding? encoding = null) => CsvTable.Read(Write(text, encoding: encoding));

    /// <summary>What a column of the text is taken as.</summary>
    public ColumnProfile Analyze(string text, string column, params string[] missingMarks)
    {
        CsvTable table = Read(text);
        var analysis = new ColumnAnalysis(table, CellFormat.Detect(table, missingMarks));
        return analysis.Analyze(label: null, ignored: []).Single(profile => profile.Name == column);
    }

    /// <summary>
    /// Made-up plants: an identifier, a number with decimal commas, a quoted category, a date, a constant and texts of two lines, with
    /// missing cells. The number and the text tell the class.
    /// </summary>
    public static string Plants(int rows)
    {
        var text = new StringBuilder("id;length;soil;planted;land;note;species\n");
        for (int i = 0; i < rows; i++)
        {
            string length = i % 10 == 9 ? "NA" : $"{(i % 2 == 0 ? 1 : 7)},{i * 7 % 100:00}";
            string soil = i % 11 == 10 ? "" : i % 4 < 2 ? "\"clay; wet\"" : "sand";
            string planted = i % 13 == 12 ? "" : $"20{i % 20:00}-03-{1 + i % 28:00}";
            text.Append($"P{i};{length};{soil};{planted};here;{Note(i)};{(i % 2 == 0 ? "fern" : "moss")}\n");
        }

        return text.ToString();
    }

    private static string Note(int i) => $"\"grows near the {(i % 2 == 0 ? "old wall" : "small river")}\nseen by visitor {i}\"";

    public void Dispose() => _folder.Dispose();
}
