using System.Text.Json;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary>
/// Reads a row: an object with one property per input column, or an array of all values if all columns are of type Single.
/// </summary>
internal static class JsonRowReader
{
    // A longer list of columns would hide the reason.
    private const int MostColumnsNamed = 20;

    /// <summary>Adds a row to the rows of a request.</summary>
    /// <exception cref="BadHttpRequestException">The row does not fit the model; the message names the row and the column.</exception>
    public static void Add(JsonElement json, InputLayout layout, RequestRows rows)
    {
        int row = rows.Add();
        if (json.ValueKind == JsonValueKind.Object)
        {
            ReadColumns(json, layout, rows, row);
        }
        else if (json.ValueKind != JsonValueKind.Array)
        {
            throw new BadHttpRequestException($"Row {row} must be an array of numbers or an object with {NamesOf(layout)}.");
        }
        else if (layout.AllSingles is not { } all)
        {
            throw new BadHttpRequestException($"Row {row}: this model takes an object with {NamesOf(layout)}, not an array.");
        }
        else
        {
            ReadColumn(json, all, rows, row);
        }
    }

    private static void ReadColumns(JsonElement json, InputLayout layout, RequestRows rows, int row)
    {
        Span<bool> seen = layout.Columns.Count <= 256 ? stackalloc bool[layout.Columns.Count] : new bool[layout.Columns.Count];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!layout.TryFind(property.Name, out int index))
            {
                // Input columns of the pipeline that the prediction does not need, such as the label, are allowed.
                if (property.Name.Length == 0 || layout.Schema.GetColumnOrNull(property.Name) is null)
                {
                    throw new BadHttpRequestException(
                        $"Row {row} has a property that is not a column of the model. It takes {NamesOf(layout)}.");
                }

                continue;
            }

            if (seen[index])
            {
                throw new BadHttpRequestException($"Row {row}: '{layout.Columns[index].Name}' is given twice.");
            }

            seen[index] = true;
            ReadColumn(property.Value, layout.Columns[index], rows, row);
        }

        if (seen.IndexOf(false) is >= 0 and int missing)
        {
            throw new BadHttpRequestException($"Row {row} has no '{layout.Columns[missing].Name}'. The model takes {NamesOf(layout)}.");
        }
    }

    private static void ReadColumn(JsonElement json, InputColumn column, RequestRows rows, int row)
    {
        if (!column.IsVector)
        {
            ReadValue(json, column, rows, row, 0);
            return;
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new BadHttpRequestException($"Row {row}: '{column.Name}' must be an array of {column.Size} values.");
        }

        int length = json.GetArrayLength();
        if (length > column.Size)
        {
            throw WrongLength("more");
        }

        int index = 0;
        foreach (JsonElement value in json.EnumerateArray())
        {
            ReadValue(value, column, rows, row, index++);
        }

        if (length < column.Size)
        {
            throw WrongLength("fewer");
        }

        BadHttpRequestException WrongLength(string comparison) =>
            new($"Row {row}{(column.Name.Length == 0 ? "" : $": '{column.Name}'")} has {comparison} than {column.Size} values.");
    }

    private static void ReadValue(JsonElement json, InputColumn column, RequestRows rows, int row, int index)
    {
        switch (column.Kind)
        {
            case InputKind.Single:
                rows.SinglesOf(row)[column.Offset + index] = ReadSingle(json, column, row, index);
                break;
            case InputKind.Double:
                rows.DoublesOf(row)[column.Offset + index] = column.ItemType.RawType == typeof(bool)
                    ? ReadBoolean(json, column, row, index)
                    : ReadDouble(json, column, row, index);
                break;
            default:
                rows.TextsOf(row)[column.Offset + index] = json.ValueKind switch
                {
                    JsonValueKind.String => json.GetString()!,
                    JsonValueKind.Null => "",
                    _ => throw WrongValue(column, row, index, "a text"),
                };
                break;
        }
    }

    // A missing value is NaN, as in ML.NET. A number too large for its type is refused, because it would become infinite or wrap around.
    private static float ReadSingle(JsonElement json, InputColumn column, int row, int index) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetSingle(out float value) && float.IsFinite(value) => value,
        JsonValueKind.Null => float.NaN,
        _ => throw WrongValue(column, row, index, "a number within the range of Single, or null where it is missing"),
    };

    private static double ReadBoolean(JsonElement json, InputColumn column, int row, int index) => json.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => throw WrongValue(column, row, index, "true or false"),
    };

    private static double ReadDouble(JsonElement json, InputColumn column, int row, int index)
    {
        Type type = column.ItemType.RawType;
        if (json.ValueKind == JsonValueKind.Null && type == typeof(double))
        {
            return double.NaN;
        }

        (double least, double most) =
            type == typeof(sbyte) ? (sbyte.MinValue, sbyte.MaxValue)
            : type == typeof(byte) ? (byte.MinValue, byte.MaxValue)
            : type == typeof(short) ? (short.MinValue, short.MaxValue)
            : type == typeof(ushort) ? (ushort.MinValue, ushort.MaxValue)
            : type == typeof(int) ? (int.MinValue, int.MaxValue)
            : type == typeof(uint) ? (uint.MinValue, uint.MaxValue)
            : (double.MinValue, double.MaxValue);
        double value = 0;
        bool fits = json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value) && value >= least && value <= most;
        return fits && (type == typeof(double) || double.IsInteger(value))
            ? value
            : throw WrongValue(column, row, index, $"a number within the range of {type.Name}");
    }

    private static BadHttpRequestException WrongValue(InputColumn column, int row, int index, string expected) =>
        new($"Row {row}: value {index}{(column.Name.Length == 0 ? "" : $" of '{column.Name}'")} must be {expected}.");

    // Lists the names from the model; no text of the request is echoed.
    private static string NamesOf(InputLayout layout)
    {
        string names = string.Join(", ", layout.Columns.Take(MostColumnsNamed).Select(column => $"'{column.Name}'"));
        return layout.Columns.Count > MostColumnsNamed ? $"{names} and {layout.Columns.Count - MostColumnsNamed} more columns" : names;
    }
}
