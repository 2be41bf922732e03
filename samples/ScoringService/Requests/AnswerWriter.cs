using System.Numerics.Tensors;
using System.Text.Json;
using ScoringService.Scoring;

namespace ScoringService.Requests;

/// <summary>
/// Writes a model's answers as JSON: per row the most probable class, the probabilities of all classes, the area that answered, and what
/// each column contributed, if that was asked for. All texts are encoded once.
/// </summary>
internal sealed class AnswerWriter(
    string model, string version, IReadOnlyList<string> classNames, IReadOnlyList<string> contributionNames)
{
    private static readonly JsonEncodedText _modelProperty = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText _versionProperty = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText _predictionsProperty = JsonEncodedText.Encode("predictions");
    private static readonly JsonEncodedText _labelProperty = JsonEncodedText.Encode("predictedLabel");
    private static readonly JsonEncodedText _probabilitiesProperty = JsonEncodedText.Encode("probabilities");
    private static readonly JsonEncodedText _areaProperty = JsonEncodedText.Encode("area");

    private static readonly JsonEncodedText _explanationProperty = JsonEncodedText.Encode("explanation");
    private static readonly JsonEncodedText _otherClassProperty = JsonEncodedText.Encode("otherClass");
    private static readonly JsonEncodedText _baselineProperty = JsonEncodedText.Encode("baseline");
    private static readonly JsonEncodedText _contributionsProperty = JsonEncodedText.Encode("contributions");

    private readonly JsonEncodedText _model = JsonEncodedText.Encode(model);
    private readonly JsonEncodedText _version = JsonEncodedText.Encode(version);
    private readonly JsonEncodedText[] _classNames = [.. classNames.Select(name => JsonEncodedText.Encode(name))];
    private readonly JsonEncodedText[] _contributionNames = [.. contributionNames.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>Writes the answer to a request.</summary>
    /// <param name="json">Receives the answer.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="explanations">One explanation per prediction; null if they were not asked for.</param>
    /// <param name="isBatch">Whether to write an array of predictions instead of one.</param>
    public void Write(Utf8JsonWriter json, Predictions predictions, Explanation[]? explanations, bool isBatch)
    {
        json.WriteStartObject();
        json.WriteString(_modelProperty, _model);
        json.WriteString(_versionProperty, _version);
        if (!isBatch)
        {
            WriteRow(json, predictions.Probabilities, predictions.Areas[0], explanations?[0]);
        }
        else
        {
            json.WriteStartArray(_predictionsProperty);
            for (int row = 0; row < predictions.Areas.Length; row++)
            {
                json.WriteStartObject();
                Span<float> probabilities = predictions.Probabilities.AsSpan(row * _classNames.Length, _classNames.Length);
                WriteRow(json, probabilities, predictions.Areas[row], explanations?[row]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteRow(Utf8JsonWriter json, ReadOnlySpan<float> probabilities, int area, Explanation? explanation)
    {
        json.WriteString(_labelProperty, _classNames[TensorPrimitives.IndexOfMax(probabilities)]);
        json.WriteStartObject(_probabilitiesProperty);
        for (int i = 0; i < probabilities.Length; i++)
        {
            json.WriteNumber(_classNames[i], probabilities[i]);
        }

        json.WriteEndObject();
        json.WriteNumber(_areaProperty, area);
        if (explanation is not null)
        {
            json.WriteStartObject(_explanationProperty);
            json.WriteString(_otherClassProperty, explanation.ContributionsOtherClass);
            WriteNumber(json, _baselineProperty, explanation.ContributionsBaseline);
            json.WriteStartObject(_contributionsProperty);
            foreach ((int index, float value) in explanation.Contributions.Items())
            {
                if (value != 0)
                {
                    WriteNumber(json, _contributionNames[index], value);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    // JSON has no infinity, which the log-odds may reach if the inputs of the model are not bounded.
    private static void WriteNumber(Utf8JsonWriter json, JsonEncodedText name, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
