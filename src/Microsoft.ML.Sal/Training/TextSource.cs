using System.Reflection;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.Sal;

/// <summary>Finds the text file that rows come from, to quote its first line where the rows make no sense.</summary>
internal static class TextSource
{
    private const int CharactersShown = 100;
    private const int MaximumDepth = 1_000;

    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    /// <summary>Says what the file begins with; empty where the rows come from elsewhere, or where that cannot be found out.</summary>
    public static string Describe(IDataView rows)
    {
        if (Find(rows) is not { Count: > 0 } files)
        {
            return "";
        }

        string name = files.GetPathOrNull(0) is { } path ? $"The file '{Path.GetFileName(path)}'" : "The text";
        try
        {
            using TextReader reader = files.OpenTextReader(0);
            return reader.Peek() < 0 ? $" {name} is empty." : $" {name} begins with the line '{ReadLine(reader)}'.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // From each view to the one that it was made from. Transforms publish theirs; a cache, a fold and the loader keep theirs in a private
    // field, so that another version of ML.NET may hide it: then nothing is quoted.
    private static IMultiStreamSource? Find(IDataView rows)
    {
        IDataView? view = rows;
        for (int depth = 0; view is not null && depth < MaximumDepth; depth++)
        {
            if (FieldOf<IMultiStreamSource>(view) is { } files)
            {
                return files;
            }

            view = (view as IDataTransform)?.Source ?? FieldOf<IDataView>(view);
        }

        return null;
    }

    private static T? FieldOf<T>(object owner)
        where T : class =>
        owner.GetType().GetFields(Fields).Where(field => field.FieldType == typeof(T)).Select(field => (T?)field.GetValue(owner))
            .FirstOrDefault();

    // A file of another kind may have no line breaks at all.
    private static string ReadLine(TextReader reader)
    {
        var line = new StringBuilder();
        while (reader.Read() is >= 0 and not '\r' and not '\n' and int character)
        {
            if (line.Length >= CharactersShown)
            {
                return $"{line}...";
            }

            // A tab would look like blanks.
            _ = character == '\t' ? line.Append("\\t") : line.Append((char)character);
        }

        return line.ToString();
    }
}
