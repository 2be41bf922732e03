using System.Security.Cryptography;
using Microsoft.ML;
using Sal.Core.Model;
using ScoringService.Requests;
using ScoringService.Scoring;

namespace ScoringService.Models;

/// <summary>Represents one version of a served model. It is immutable and thread-safe.</summary>
internal sealed class LoadedModel
{
    private readonly PipelineScorer _scorer;
    private readonly PipelineExplainer _explainer;

    private LoadedModel(string name, string version, MLContext mlContext, SavedPipeline pipeline)
    {
        Name = name;
        Version = version;
        Layout = pipeline.Layout;
        Engine = pipeline.Model;
        ClassNames = pipeline.ClassNames;
        _scorer = new PipelineScorer(mlContext, pipeline);
        _explainer = new PipelineExplainer(mlContext, pipeline);
        Answer = new AnswerWriter(name, version, pipeline.ClassNames, _explainer.Names);
    }

    /// <summary>Gets the model's name in requests.</summary>
    public string Name { get; }

    /// <summary>Gets the start of the file's SHA-256, which is the same for the same file on every machine.</summary>
    public string Version { get; }

    /// <summary>Gets the columns that a row must have.</summary>
    public InputLayout Layout { get; }

    /// <summary>Gets the engine's model.</summary>
    public SalModel Engine { get; }

    /// <summary>Gets the names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the writer of the model's answers.</summary>
    public AnswerWriter Answer { get; }

    /// <summary>Computes the version of a file.</summary>
    public static string ComputeVersion(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file))[..16];

    /// <summary>Loads a model and scores a row with it, so that any defect shows before the first request.</summary>
    /// <param name="name">The model's name in requests.</param>
    /// <param name="file">The content of a file that <c>mlContext.Model.Save</c> wrote.</param>
    /// <exception cref="InvalidDataException">The model cannot be served; the message gives the reason.</exception>
    public static LoadedModel Load(string name, byte[] file)
    {
        var mlContext = new MLContext();
        SavedPipeline pipeline = SavedPipeline.Load(mlContext, file);
        try
        {
            var model = new LoadedModel(name, ComputeVersion(file), mlContext, pipeline);
            model.TryOut();
            return model;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InvalidDataException))
        {
            throw new InvalidDataException($"The model cannot score: {exception.GetBaseException().Message}", exception);
        }
    }

    /// <summary>Scores rows.</summary>
    public Predictions Score(RequestRows rows) => _scorer.Score(rows);

    /// <summary>Explains the predictions for rows.</summary>
    public Explanation[] Explain(RequestRows rows) => _explainer.Explain(rows);

    private void TryOut()
    {
        var rows = new RequestRows(Layout);
        int row = rows.Add();
        rows.SinglesOf(row).Clear();
        rows.DoublesOf(row).Clear();
        rows.TextsOf(row).Fill("");
        Score(rows);
        Explain(rows);
    }
}
