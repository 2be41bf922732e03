using System.Security.Cryptography;
using Microsoft.ML;
using Sal.Core.Model;
using ScoringService.Requests;
using ScoringService.Scoring;

namespace ScoringService.Models;

/// <summary>One version of a served model, with all that answers are made of. Nothing of it changes.</summary>
internal sealed class LoadedModel
{
    private readonly IScorer _scorer;

    private LoadedModel(string name, string version, SavedPipeline pipeline, IScorer scorer)
    {
        Name = name;
        Version = version;
        Layout = pipeline.Layout;
        Engine = pipeline.Model;
        ClassNames = pipeline.ClassNames;
        Answer = new AnswerTemplate(name, version, pipeline.ClassNames);
        _scorer = scorer;
        Queue = new ScoringQueue(scorer, Layout, Engine.ClassCount);
    }

    /// <summary>The name in requests.</summary>
    public string Name { get; }

    /// <summary>The start of the file's SHA-256: the same for the same file, on every machine.</summary>
    public string Version { get; }

    /// <summary>Gets the name of what scores.</summary>
    public string ScorerName => _scorer.Name;

    /// <summary>The columns that rows have.</summary>
    public InputLayout Layout { get; }

    /// <summary>The engine's model.</summary>
    public SalModel Engine { get; }

    /// <summary>The names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Writes its answers.</summary>
    public AnswerTemplate Answer { get; }

    /// <summary>Scores rows with this version.</summary>
    public ScoringQueue Queue { get; }

    /// <summary>The version of a file.</summary>
    public static string VersionOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file))[..16];

    /// <summary>Makes a model of a file's content, and scores a row with it: what is wrong with it shows before the first request.</summary>
    /// <exception cref="InvalidDataException">It is no model that can be served; the message tells why.</exception>
    public static LoadedModel Load(string name, byte[] file)
    {
        var mlContext = new MLContext();
        SavedPipeline pipeline = SavedPipeline.Load(mlContext, file);
        try
        {
            var model = new LoadedModel(name, VersionOf(file), pipeline, ScorerFactory.Create(mlContext, pipeline));
            model.TryOut();
            return model;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InvalidDataException))
        {
            throw new InvalidDataException($"The model cannot score: {exception.GetBaseException().Message}", exception);
        }
    }

    private void TryOut()
    {
        var rows = new InputRows();
        rows.Reset(Layout);
        int row = rows.Add();
        rows.SinglesOf(row).Clear();
        rows.DoublesOf(row).Clear();
        rows.TextsOf(row).Fill("");
        _scorer.Score(rows, new float[Engine.ClassCount], new int[1]);
    }
}
