using System.Text.Json.Serialization;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary>A served model, as <c>GET /models</c> describes it.</summary>
internal sealed record ModelDescription(
    string Name,
    string Version,
    IReadOnlyList<InputDescription> Inputs,
    IReadOnlyList<string> Classes,
    int Features,
    int Areas,
    int HiddenUnits,
    int Layers,
    long Parameters)
{
    public static ModelDescription Of(LoadedModel model) => new(
        model.Name,
        model.Version,
        [.. model.Layout.Columns.Select(InputDescription.Of)],
        model.ClassNames,
        model.Engine.FeatureCount,
        model.Engine.NumberOfAreas,
        model.Engine.HiddenUnits,
        model.Engine.NumberOfLayers,
        model.Engine.ParameterCount);
}

/// <summary>A column of a model's rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Size">The length of its array; null for a single value.</param>
internal sealed record InputDescription(string Name, string Type, int? Size)
{
    public static InputDescription Of(InputColumn column) => new(
        column.Name,
        column.Kind == InputKind.Text ? "Text" : column.ItemType.RawType.Name,
        column.IsVector ? column.Size : null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelDescription[]))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
