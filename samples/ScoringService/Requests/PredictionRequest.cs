using System.Text.Json;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary>
/// Represents a request such as <c>{"model": name, "features": row}</c> or <c>{"model": name, "rows": [row, ...]}</c>. Without a name, the
/// first model answers; with <c>"explain": true</c>, it explains its predictions.
/// </summary>
/// <param name="Model">The version of the model to score with.</param>
/// <param name="Rows">The rows to score.</param>
/// <param name="IsBatch">Whether the rows were given as an array, so that the answer must be one too.</param>
/// <param name="Explain">Whether to explain the predictions.</param>
internal sealed record PredictionRequest(LoadedModel Model, RequestRows Rows, bool IsBatch, bool Explain)
{
    // The deepest nesting is request, rows, row, and the array of a vector column.
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 4 };

    /// <summary>Reads a request.</summary>
    /// <exception cref="BadHttpRequestException">The request is malformed; the message explains what to change.</exception>
    public static async Task<PredictionRequest> ReadAsync(
        Stream body, ModelCatalog catalog, int maximumRows, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(body, _options, cancellationToken);
            return Read(document.RootElement, catalog, maximumRows);
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException($"The body is not valid JSON: {PlaceOf(exception)}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new BadHttpRequestException("The body is not valid UTF-8.", exception); // a text or a name in it
        }
    }

    private static PredictionRequest Read(JsonElement body, ModelCatalog catalog, int maximumRows)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new BadHttpRequestException("The body must be an object such as {\"features\": [...]} or {\"rows\": [[...], ...]}.");
        }

        JsonElement? name = null, features = null, explain = null;
        bool isBatch = false;
        foreach (JsonProperty property in body.EnumerateObject())
        {
            bool isRows = property.NameEquals("rows"u8);
            if (property.NameEquals("model"u8))
            {
                name = name is null ? property.Value : throw new BadHttpRequestException("'model' is given twice.");
            }
            else if (property.NameEquals("explain"u8))
            {
                explain = explain is null ? property.Value : throw new BadHttpRequestException("'explain' is given twice.");
            }
            else if (!isRows && !property.NameEquals("features"u8))
            {
                throw new BadHttpRequestException(
                    "The request has an unknown property. It takes 'model', 'explain', and either 'features' or 'rows'.");
            }
            else if (features is not null)
            {
                throw new BadHttpRequestException("The request has 'features' or 'rows' more than once. Give one of them.");
            }
            else
            {
                features = property.Value;
                isBatch = isRows;
            }
        }

        LoadedModel model = Find(name, catalog).Current;
        return features is { } value
            ? new PredictionRequest(
                model,
                isBatch ? ReadBatch(value, model.Layout, maximumRows) : ReadRow(value, model.Layout),
                isBatch,
                IsTrue(explain))
            : throw new BadHttpRequestException("The request has neither 'features' nor 'rows'.");
    }

    private static ServedModel Find(JsonElement? name, ModelCatalog catalog) => name switch
    {
        null => catalog.Default,
        { ValueKind: JsonValueKind.String } text => catalog.Find(text.GetString()!)
            ?? throw new BadHttpRequestException("There is no such model. GET /models lists those that are served."),
        _ => throw new BadHttpRequestException("'model' must be a text."),
    };

    private static bool IsTrue(JsonElement? explain) => explain?.ValueKind switch
    {
        JsonValueKind.True => true,
        null or JsonValueKind.False => false,
        _ => throw new BadHttpRequestException("'explain' must be true or false."),
    };

    private static RequestRows ReadRow(JsonElement row, InputLayout layout)
    {
        var rows = new RequestRows(layout);
        JsonRowReader.Add(row, layout, rows);
        return rows;
    }

    private static RequestRows ReadBatch(JsonElement batch, InputLayout layout, int maximumRows)
    {
        if (batch.ValueKind != JsonValueKind.Array)
        {
            throw new BadHttpRequestException("'rows' must be an array of rows.");
        }

        var rows = new RequestRows(layout);
        foreach (JsonElement row in batch.EnumerateArray())
        {
            if (rows.Count == maximumRows)
            {
                throw new BadHttpRequestException($"The request has more than {maximumRows} rows. Send them in several requests.");
            }

            JsonRowReader.Add(row, layout, rows);
        }

        if (rows.Count == 0)
        {
            throw new BadHttpRequestException("'rows' is empty.");
        }

        return rows;
    }

    // Gives the position of the error, but not the reader's own message, which quotes the body and names options of the serializer.
    private static string PlaceOf(JsonException exception) => exception is { LineNumber: { } line, BytePositionInLine: { } position }
        ? $"line {line + 1}, byte {position + 1} is not understood, or nested too deep."
        : "it is not understood.";
}
