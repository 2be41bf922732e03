using System.Text.Json;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary>Writes the answer: of each row the class of the highest probability, all probabilities by class, and the area that answered.</summary>
internal static class PredictionResponse
{
    private static readonly JsonEncodedText _model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText _version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText _predictions = JsonEncodedText.Encode("predictions");
    private static readonly JsonEncodedText _predictedLabel = JsonEncodedText.Encode("predictedLabel");
    private static readonly JsonEncodedText _probabilities = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText _area = JsonEncodedText.Encode("area");

    public static void Write(Utf8JsonWriter json, LoadedModel model, bool isBatch, ReadOnlySpan<float> probabilities, ReadOnlySpan<int> areas)
    {
        json.WriteStartObject();
        json.WriteString(_model, model.NameText);
        json.WriteString(_version, model.Version);
        if (!isBatch)
        {
            WriteRow(json, model, probabilities, areas[0]);
        }
        else
        {
            json.WriteStartArray(_predictions);
            for (int row = 0; row < areas.Length; row++)
            {
                json.WriteStartObject();
                WriteRow(json, model, probabilities.Slice(row * model.Engine.ClassCount, model.Engine.ClassCount), areas[row]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, LoadedModel model, ReadOnlySpan<float> probabilities, int area)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        json.WriteString(_predictedLabel, model.ClassProperties[best]);
        json.WriteStartObject(_probabilities);
        for (int i = 0; i < probabilities.Length; i++)
        {
            json.WriteNumber(model.ClassProperties[i], probabilities[i]);
        }

        json.WriteEndObject();
        json.WriteNumber(_area, area);
    }
}
