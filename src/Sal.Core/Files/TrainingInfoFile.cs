using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Files;

/// <summary>
/// What a model was trained with, as JSON that people and programs can read: the format version, the information, and the SHA-256 hash of
/// the information's bytes. Described in docs/model-format.md.
/// </summary>
internal static partial class TrainingInfoFile
{
    private const int FormatVersion = 1;
    private const int MaximumLength = 1 << 24;
    private const string VersionName = "FormatVersion", InfoName = "TrainingInfo", HashName = "Sha256";

    public static void Write(SalTrainingInfo info, Stream stream)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(info, InfoJson.Default.SalTrainingInfo);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteNumber(VersionName, FormatVersion);
        writer.WritePropertyName(InfoName);
        writer.WriteRawValue(bytes);
        writer.WriteString(HashName, Hash(bytes));
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Write"/> wrote, or of a newer version.</exception>
    public static SalTrainingInfo Read(Stream stream)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using JsonDocument document = JsonDocument.Parse(ReadBytes(stream), options);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Damaged($"it is not JSON of the expected form ({exception.Message.TrimEnd('.')})");
        }
    }

    private static SalTrainingInfo Read(JsonElement root)
    {
        int version = Property(root, VersionName).GetInt32();
        if (version is < 1 or > FormatVersion)
        {
            throw new InvalidDataException(
                $"The entry '{SalPipelineFile.TrainingInfoEntry}' has format version {version}, but this version of the package reads 1 to "
                + $"{FormatVersion}. Update the package.");
        }

        JsonElement info = Property(root, InfoName);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(info.GetRawText());
        return Property(root, HashName).GetString() == Hash(bytes)
            ? info.Deserialize(InfoJson.Default.SalTrainingInfo) ?? throw Damaged("it is empty")
            : throw Damaged("its checksum does not match its contents");
    }

    private static JsonElement Property(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw Damaged($"it has no '{name}'");

    private static ReadOnlyMemory<byte> ReadBytes(Stream stream)
    {
        var bytes = new ArrayBufferWriter<byte>();
        while (stream.Read(bytes.GetSpan(sizeHint: 1)) is var count and > 0)
        {
            bytes.Advance(count);
            if (bytes.WrittenCount > MaximumLength)
            {
                throw Damaged($"it is longer than {MaximumLength} bytes");
            }
        }

        return bytes.WrittenMemory;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // No inner exception: ML.NET wraps exceptions thrown while a model loads, and GetBaseException should lead here.
    private static InvalidDataException Damaged(string what) =>
        new($"The entry '{SalPipelineFile.TrainingInfoEntry}' is damaged: {what}. Save the model again, or restore it from a copy.");

    [JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(SalTrainingInfo))]
    private sealed partial class InfoJson : JsonSerializerContext;
}
