using System.IO.Compression;
using System.Security.Cryptography;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests.Faults;

/// <summary>A pipeline written by <c>mlContext.Model.Save</c>, to be damaged and loaded.</summary>
internal sealed class PipelineZip
{
    private readonly (string Name, byte[] Content)[] _entries;
    private readonly float[] _scores;

    private PipelineZip(byte[] bytes)
    {
        Bytes = bytes;
        using var zip = new ZipArchive(new MemoryStream(bytes));
        _entries = [.. zip.Entries.Select(entry => (entry.FullName, ContentOf(entry)))];
        _scores = Score(bytes);
    }

    public static PipelineZip Instance { get; } = new(Save());

    /// <summary>Gets the bytes of the zip.</summary>
    public byte[] Bytes { get; }

    /// <summary>Gets the names of the entries of the zip.</summary>
    public IReadOnlyList<string> Entries => [.. _entries.Select(entry => entry.Name)];

    public byte[] Content(int entry) => _entries[entry].Content;

    /// <summary>Replaces the content of an entry in a copy of the zip.</summary>
    public byte[] With(int entry, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < _entries.Length; i++)
            {
                using Stream target = zip.CreateEntry(_entries[i].Name, CompressionLevel.NoCompression).Open();
                target.Write(i == entry ? content : _entries[i].Content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Gives the content a valid checksum.</summary>
    public static byte[] WithChecksum(byte[] content)
    {
        if (content.Length > SHA256.HashSizeInBytes)
        {
            SHA256.HashData(content.AsSpan(..^SHA256.HashSizeInBytes), content.AsSpan(^SHA256.HashSizeInBytes..));
        }

        return content;
    }

    /// <summary>Tells whether these are the scores of the undamaged file.</summary>
    public bool HasScores(float[] scores) => scores.AsSpan().SequenceEqual(_scores);

    /// <summary>Loads a zip and scores some rows.</summary>
    public static float[] Score(byte[] bytes)
    {
        var mlContext = new MLContext(seed: 1);
        ITransformer model = mlContext.Model.Load(new MemoryStream(bytes), out _);
        IDataView data = mlContext.Data.LoadFromEnumerable(Blobs.Rows(6));
        return [.. mlContext.Data.CreateEnumerable<Prediction>(model.Transform(data), reuseRowObject: false).SelectMany(row => row.Score)];
    }

    /// <summary>Loads the model out of a zip, without ML.NET, and scores the same rows.</summary>
    public static float[] ScoreAlone(byte[] bytes, out IReadOnlyList<string>? classNames)
    {
        SalModel model = SalModel.LoadFromZip(new MemoryStream(bytes), out classNames);
        return
        [
            .. Blobs.Rows(6).SelectMany(row =>
            {
                var probabilities = new float[model.ClassCount];
                model.Predict(row.Features, probabilities);
                return probabilities;
            }),
        ];
    }

    private static byte[] Save()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        using var stream = new MemoryStream();
        mlContext.Model.Save(mlContext.SmallSal().Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    private static byte[] ContentOf(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
