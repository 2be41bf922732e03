using System.Text.Json.Serialization;
using ScoringService.Models;

namespace ScoringService.Requests;

/// <summary>Describes a served model for <c>GET /models</c>.</summary>
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
    public static ModelDescription From(LoadedModel model) => new(
        model.Name,
        model.Version,
        [.. model.Layout.Columns.Select(InputDescription.From)],
        model.ClassNames,
        model.Engine.FeatureCount,
        model.Engine.NumberOfAreas,
        model.Engine.HiddenUnits,
        model.Engine.NumberOfLayers,
        model.Engine.ParameterCount);
}

/// <summary>Describes an input column of a model.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Size">The length of the array; null for a single value.</param>
internal sealed record InputDescription(string Name, string Type, int? Size)
{
    public static InputDescription From(InputColumn column) => new(
        column.Name,
        column.Kind == InputKind.Text ? "Text" : column.ItemType.RawType.Name,
        column.IsVector ? column.Size : null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelDescription[]))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
