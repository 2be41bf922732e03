using System.Numerics.Tensors;
using System.Text.Json;
using ScoringService.Scoring;

namespace ScoringService.Requests;

/// <summary>
/// Writes a model's answers as JSON: per row the most probable class, the probabilities of all classes, and the area that answered. All
/// texts are encoded once.
/// </summary>
internal sealed class AnswerWriter(string model, string version, IReadOnlyList<string> classNames)
{
    private static readonly JsonEncodedText _modelProperty = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText _versionProperty = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText _predictionsProperty = JsonEncodedText.Encode("predictions");
    private static readonly JsonEncodedText _labelProperty = JsonEncodedText.Encode("predictedLabel");
    private static readonly JsonEncodedText _probabilitiesProperty = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText _areaProperty = JsonEncodedText.Encode("area");

    private readonly JsonEncodedText _model = JsonEncodedText.Encode(model);
    private readonly JsonEncodedText _version = JsonEncodedText.Encode(version);
    private readonly JsonEncodedText[] _classNames = [.. classNames.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>Writes the answer to a request.</summary>
    /// <param name="json">Receives the answer.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="isBatch">Whether to write an array of predictions instead of one.</param>
    public void Write(Utf8JsonWriter json, Predictions predictions, bool isBatch)
    {
        json.WriteStartObject();
        json.WriteString(_modelProperty, _model);
        json.WriteString(_versionProperty, _version);
        if (!isBatch)
        {
            WriteRow(json, predictions.Probabilities, predictions.Areas[0]);
        }
        else
        {
            json.WriteStartArray(_predictionsProperty);
            for (int row = 0; row < predictions.Areas.Length; row++)
            {
                json.WriteStartObject();
                WriteRow(json, predictions.Probabilities.AsSpan(row * _classNames.Length, _classNames.Length), predictions.Areas[row]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteRow(Utf8JsonWriter json, ReadOnlySpan<float> probabilities, int area)
    {
        json.WriteString(_labelProperty, _classNames[TensorPrimitives.IndexOfMax(probabilities)]);
        json.WriteStartObject(_probabilitiesProperty);
        for (int i = 0; i < probabilities.Length; i++)
        {
            json.WriteNumber(_classNames[i], probabilities[i]);
        }

        json.WriteEndObject();
        json.WriteNumber(_areaProperty, area);
    }
}
