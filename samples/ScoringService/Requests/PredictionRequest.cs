using System.Text.Json;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary>
/// Reads <c>{"model": name, "features": row}</c> or <c>{"model": name, "rows": [row, ...]}</c>, where a row is an array of all its numbers or an object with a property
/// for each input column; the name may be left out for the first model. Reads the values to where the scorer takes them from, without objects in between.
/// </summary>
internal static class PredictionRequest
{
    // The deepest request is an array of values in a column of a row of the rows of the request.
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 4 };

    /// <param name="body">The request's body.</param>
    /// <param name="catalog">The models to choose from.</param>
    /// <param name="maximumRows">The most rows.</param>
    /// <param name="rows">Written: the rows.</param>
    /// <returns>The version of the model to score with, and whether the rows were given as an array.</returns>
    /// <exception cref="RequestException">It is malformed.</exception>
    public static (LoadedModel Model, bool IsBatch) Read(ReadOnlySpan<byte> body, ModelCatalog catalog, int maximumRows, InputRows rows)
    {
        LoadedModel first = catalog.Default.Current;
        if (first.Layout.IsVector)
        {
            rows.Reset(first.Layout);
            if (PlainRow.TryRead(body, rows.SinglesOf(rows.Add())))
            {
                return (first, false);
            }
        }

        try
        {
            var reader = new Utf8JsonReader(body, _options);
            return Read(ref reader, catalog, maximumRows, rows);
        }
        catch (JsonException exception)
        {
            throw RequestException.BadRequest($"The body is not the JSON of a prediction: {Reason(exception)}");
        }
        catch (InvalidOperationException)
        {
            throw RequestException.BadRequest("The body is not valid UTF-8."); // a text or a name in it
        }
    }

    private static (LoadedModel Model, bool IsBatch) Read(ref Utf8JsonReader reader, ModelCatalog catalog, int maximumRows, InputRows rows)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw RequestException.BadRequest("The body must be an object such as {\"features\": [...]} or {\"rows\": [[...], ...]}.");
        }

        // The rows cannot be read before it is known whose they are. With one model that is known from the start; with several, rows before the name are come back to.
        LoadedModel? model = catalog.Models.Count == 1 ? catalog.Default.Current : null;
        Utf8JsonReader later = default;
        bool isNamed = false, hasRows = false, isBatch = false, isLater = false;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("model"u8))
            {
                Once(ref isNamed, "model");
                if (Next(ref reader) != JsonTokenType.String)
                {
                    throw RequestException.BadRequest("'model' must be a text.");
                }

                model = (catalog.Find(ref reader) ?? throw RequestException.BadRequest("There is no such model. GET /models lists those that are served.")).Current;
                continue;
            }

            bool isRows = reader.ValueTextEquals("rows"u8);
            if (!isRows && !reader.ValueTextEquals("features"u8))
            {
                throw RequestException.BadRequest("The request has an unknown property. 'model', and either 'features' or 'rows', are known.");
            }

            if (hasRows)
            {
                throw RequestException.BadRequest("The request has 'features' or 'rows' more than once: give one of them.");
            }

            hasRows = true;
            isBatch = isRows;
            if (model is not null)
            {
                ReadRows(ref reader, model.Layout, isBatch, maximumRows, rows);
            }
            else
            {
                isLater = true;
                later = reader;
                reader.Skip();
            }
        }

        reader.Read(); // nothing but white space may follow: otherwise a JsonException
        if (!hasRows)
        {
            throw RequestException.BadRequest("The request has neither 'features' nor 'rows'.");
        }

        model ??= catalog.Default.Current;
        if (isLater)
        {
            ReadRows(ref later, model.Layout, isBatch, maximumRows, rows);
        }

        return (model, isBatch);
    }

    private static void ReadRows(ref Utf8JsonReader reader, InputLayout layout, bool isBatch, int maximumRows, InputRows rows)
    {
        rows.Reset(layout);
        JsonTokenType token = Next(ref reader);
        if (!isBatch)
        {
            ReadRow(ref reader, token, layout, rows);
            return;
        }

        if (token != JsonTokenType.StartArray)
        {
            throw RequestException.BadRequest("'rows' must be an array of rows.");
        }

        while ((token = Next(ref reader)) != JsonTokenType.EndArray)
        {
            if (rows.Count == maximumRows)
            {
                throw RequestException.BadRequest($"The request has more than {maximumRows} rows. Send them in several requests.");
            }

            ReadRow(ref reader, token, layout, rows);
        }

        if (rows.Count == 0)
        {
            throw RequestException.BadRequest("'rows' is empty.");
        }
    }

    private static void ReadRow(ref Utf8JsonReader reader, JsonTokenType token, InputLayout layout, InputRows rows)
    {
        int row = rows.Add();
        if (token == JsonTokenType.StartArray)
        {
            if (!layout.IsVector)
            {
                throw RequestException.BadRequest($"{Row(row)}: this model takes an object with {NamesOf(layout)}, not an array.");
            }

            ReadSingles(ref reader, rows.SinglesOf(row), row, null);
        }
        else if (token == JsonTokenType.StartObject)
        {
            ReadColumns(ref reader, layout, rows, row);
        }
        else
        {
            throw RequestException.BadRequest($"{Row(row)} must be an array of numbers or an object with {NamesOf(layout)}.");
        }
    }

    private static void ReadColumns(ref Utf8JsonReader reader, InputLayout layout, InputRows rows, int row)
    {
        Span<bool> seen = layout.Columns.Count <= 256 ? stackalloc bool[layout.Columns.Count] : new bool[layout.Columns.Count];
        int count = 0;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            int index = layout.IndexOf(ref reader);
            if (index < 0)
            {
                // A column that the pipeline knows but does not need, such as the label, may be there.
                string name = reader.GetString()!;
                if (name.Length == 0 || layout.Schema.GetColumnOrNull(name) is null)
                {
                    throw RequestException.BadRequest($"{Row(row)} has a property that is no column of the model. It takes {NamesOf(layout)}.");
                }

                Next(ref reader);
                reader.Skip();
                continue;
            }

            InputColumn column = layout.Columns[index];
            Once(ref seen[index], column.Name);
            count++;
            ReadColumn(ref reader, column, rows, row);
        }

        if (count < layout.Columns.Count)
        {
            int missing = seen.IndexOf(false);
            throw RequestException.BadRequest($"{Row(row)} has no '{layout.Columns[missing].Name}'. The model takes {NamesOf(layout)}.");
        }
    }

    private static void ReadColumn(ref Utf8JsonReader reader, InputColumn column, InputRows rows, int row)
    {
        if (!column.IsVector)
        {
            Next(ref reader);
            ReadValue(ref reader, column, rows, row, 0);
            return;
        }

        if (Next(ref reader) != JsonTokenType.StartArray)
        {
            throw RequestException.BadRequest($"{Row(row)}: '{column.Name}' must be an array of {column.Size} values.");
        }

        if (column.Kind == InputKind.Single)
        {
            ReadSingles(ref reader, rows.SinglesOf(row).Slice(column.Offset, column.Size), row, column.Name);
            return;
        }

        int count = 0;
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (count == column.Size)
            {
                throw WrongLength(row, column.Name, column.Size, more: true);
            }

            ReadValue(ref reader, column, rows, row, count++);
        }

        if (count != column.Size)
        {
            throw WrongLength(row, column.Name, column.Size, more: false);
        }
    }

    private static void ReadSingles(ref Utf8JsonReader reader, Span<float> values, int row, string? column)
    {
        int count = 0;
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (count == values.Length)
            {
                throw WrongLength(row, column, values.Length, more: true);
            }

            values[count] = Single(ref reader, row, column, count);
            count++;
        }

        if (count != values.Length)
        {
            throw WrongLength(row, column, values.Length, more: false);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, InputColumn column, InputRows rows, int row, int index)
    {
        switch (column.Kind)
        {
            case InputKind.Single:
                rows.SinglesOf(row)[column.Offset + index] = Single(ref reader, row, column.Name, index);
                break;
            case InputKind.Double:
                rows.DoublesOf(row)[column.Offset + index] = Double(ref reader, column, row, index);
                break;
            default:
                rows.TextsOf(row)[column.Offset + index] = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString()!,
                    JsonTokenType.Null => "",
                    _ => throw RequestException.BadRequest($"{Row(row)}: {Value(column.Name, index)} must be a text."),
                };
                break;
        }
    }

    // A missing value is NaN, as in ML.NET. A number that is too large would become an infinite one: that is refused.
    private static float Single(ref Utf8JsonReader reader, int row, string? column, int index) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out float value) && float.IsFinite(value) ? value
        : reader.TokenType == JsonTokenType.Null ? float.NaN
        : throw RequestException.BadRequest($"{Row(row)}: {Value(column, index)} must be a number within the range of Single, or null where it is missing.");

    private static double Double(ref Utf8JsonReader reader, InputColumn column, int row, int index)
    {
        Type type = column.ItemType.RawType;
        if (type == typeof(bool))
        {
            return reader.TokenType switch
            {
                JsonTokenType.True => 1,
                JsonTokenType.False => 0,
                _ => throw RequestException.BadRequest($"{Row(row)}: {Value(column.Name, index)} must be true or false."),
            };
        }

        if (reader.TokenType == JsonTokenType.Null && type == typeof(double))
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
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && value >= least && value <= most && (type == typeof(double) || double.IsInteger(value))
            ? value
            : throw RequestException.BadRequest($"{Row(row)}: {Value(column.Name, index)} must be a number within the range of {type.Name}.");
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw RequestException.BadRequest("The body is not the JSON of a prediction: it ends too early.");

    private static void Once(ref bool seen, string name) => seen = !seen ? true : throw RequestException.BadRequest($"'{name}' is given twice.");

    private static string Row(int row) => $"Row {row}";

    private static string Value(string? column, int index) => column is null ? $"value {index}" : $"value {index} of '{column}'";

    private static RequestException WrongLength(int row, string? column, int length, bool more) =>
        RequestException.BadRequest($"{Row(row)}{(column is null ? "" : $": '{column}'")} has {(more ? "more" : "fewer")} than {length} values.");

    // Named as the model has them: no text of the request comes back.
    private static string NamesOf(InputLayout layout) =>
        string.Join(", ", layout.Columns.Take(20).Select(column => $"'{column.Name}'")) + (layout.Columns.Count > 20 ? $" and {layout.Columns.Count - 20} more columns" : "");

    // Where the text is wrong, without the reader's own words, which quote the body and name options of the serializer.
    private static string Reason(JsonException exception) =>
        exception.LineNumber is { } line && exception.BytePositionInLine is { } position ? $"line {line + 1}, byte {position + 1} is not understood, or nested too deep." : "it is not understood.";
}
