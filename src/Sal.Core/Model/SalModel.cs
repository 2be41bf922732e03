using System.Collections.Concurrent;
using Sal.Core.Data;
using Sal.Core.Numerics;

namespace Sal.Core.Model;

/// <summary>A trained SAL network with its input transform and router. Immutable; every member may be called from several threads at once.</summary>
public sealed partial class SalModel
{
    private readonly ConcurrentBag<ScoringBuffers> _buffers = [];
    private readonly ConcurrentBag<BatchScoring> _batches = [];

    internal SalModel(InputTransform transform, Router router, SalNetwork network)
    {
        Transform = transform;
        Router = router;
        Network = network;
    }

    /// <summary>Features of a row, d.</summary>
    public int FeatureCount => Network.Shape.FeatureCount;

    /// <summary>Classes, C.</summary>
    public int ClassCount => Network.Shape.ClassCount;

    /// <summary>Areas, K.</summary>
    public int NumberOfAreas => Network.Shape.NumberOfAreas;

    /// <summary>Hidden layers, L.</summary>
    public int NumberOfLayers => Network.Shape.NumberOfLayers;

    /// <summary>Units of each hidden layer, H.</summary>
    public int HiddenUnits => Network.Shape.HiddenUnits;

    /// <summary>The activation function of hidden units.</summary>
    public ActivationKind Activation => Network.Shape.Activation;

    /// <summary>Whether layers after the first add their input to their output.</summary>
    public bool Residual => Network.Shape.Residual;

    /// <summary>Which layers are split into areas.</summary>
    public RoutedLayers RoutedLayers => Network.Shape.RoutedLayers;

    /// <summary>Weights, biases and readouts of all areas. Feedback, which only training uses, is not counted.</summary>
    public long ParameterCount => Network.Shape.ParameterCount;

    /// <summary>The parameters that one row uses.</summary>
    public long ActiveParameterCount => Network.Shape.ActiveParameterCount;

    internal InputTransform Transform { get; }

    internal Router Router { get; }

    internal SalNetwork Network { get; }

    /// <summary>
    /// The class probabilities of a row. A NaN feature counts as the training mean, an infinite one as the bound of the clipping; the result is
    /// never NaN and sums to 1. Allocates nothing once each calling thread has scored a row.
    /// </summary>
    /// <param name="features">The row, <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: <see cref="ClassCount"/> values.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> probabilities) => Predict(features, probabilities, out _);

    /// <summary>The class probabilities of a row, as <see cref="Predict(ReadOnlySpan{float}, Span{float})"/>, and the area that gave them.</summary>
    /// <param name="features">The row, <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: <see cref="ClassCount"/> values.</param>
    /// <param name="area">The area, 0 to <see cref="NumberOfAreas"/> - 1.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> probabilities, out int area)
    {
        CheckProbabilities(probabilities);
        area = Predict(Rent(features), probabilities);
    }

    /// <summary>The class probabilities of a sparse row, as <see cref="Predict(ReadOnlySpan{float}, Span{float})"/>; to the bit what the dense row gives.</summary>
    /// <param name="indices">The features that are not zero, ascending, each below <see cref="FeatureCount"/>.</param>
    /// <param name="values">Their raw values.</param>
    /// <param name="probabilities">Written: <see cref="ClassCount"/> values.</param>
    /// <exception cref="ArgumentException">A span has another length, or the indices do not ascend or leave the range.</exception>
    public void Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> probabilities)
    {
        CheckProbabilities(probabilities);
        Predict(Rent(indices, values), probabilities);
    }

    /// <summary>
    /// The class probabilities of many rows, to the bit what <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> gives for each; several times
    /// as fast, as the rows of an area pass through its weights together. On the calling thread.
    /// </summary>
    /// <param name="rows">The rows one after the other, count x <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: count x <see cref="ClassCount"/> values.</param>
    /// <exception cref="ArgumentException">The rows are not whole, or the spans do not fit each other.</exception>
    public void PredictBatch(ReadOnlySpan<float> rows, Span<float> probabilities) => PredictBatch(rows, probabilities, []);

    /// <summary>The class probabilities of many rows, as <see cref="PredictBatch(ReadOnlySpan{float}, Span{float})"/>, and the areas that gave them.</summary>
    /// <param name="rows">The rows one after the other, count x <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: count x <see cref="ClassCount"/> values.</param>
    /// <param name="areas">Written: the area of each row, 0 to <see cref="NumberOfAreas"/> - 1; or empty, where they are not of interest.</param>
    /// <exception cref="ArgumentException">The rows are not whole, or the spans do not fit each other.</exception>
    public void PredictBatch(ReadOnlySpan<float> rows, Span<float> probabilities, Span<int> areas)
    {
        (int count, int rest) = Math.DivRem(rows.Length, FeatureCount);
        if (rest != 0 || probabilities.Length != (long)count * ClassCount)
        {
            throw new ArgumentException(
                $"The spans hold {rows.Length} features and {probabilities.Length} probabilities, but the model has {FeatureCount} features and {ClassCount} classes a row.",
                nameof(probabilities));
        }

        if (!areas.IsEmpty && areas.Length != count)
        {
            throw new ArgumentException($"The span for areas holds {areas.Length} values, but there are {count} rows.", nameof(areas));
        }

        BatchScoring batch = _batches.TryTake(out BatchScoring? pooled) ? pooled : new BatchScoring(this);
        for (int start = 0; start < count; start += BatchScoring.MaximumRows)
        {
            int length = Math.Min(BatchScoring.MaximumRows, count - start);
            ReadOnlySpan<int> found = batch.Run(rows.Slice(start * FeatureCount, length * FeatureCount), probabilities.Slice(start * ClassCount, length * ClassCount));
            if (!areas.IsEmpty)
            {
                found.CopyTo(areas[start..]);
            }
        }

        _batches.Add(batch);
    }

    /// <summary>The area that answers for a row, 0 to <see cref="NumberOfAreas"/> - 1.</summary>
    /// <param name="features">The row, <see cref="FeatureCount"/> raw values.</param>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    public int GetArea(ReadOnlySpan<float> features)
    {
        ScoringBuffers buffers = Rent(features);
        int area = SelectArea(buffers);
        _buffers.Add(buffers);
        return area;
    }

    /// <summary>The area that answers for a sparse row.</summary>
    /// <param name="indices">The features that are not zero, ascending, each below <see cref="FeatureCount"/>.</param>
    /// <param name="values">Their raw values.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or the indices do not ascend or leave the range.</exception>
    public int GetArea(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        ScoringBuffers buffers = Rent(indices, values);
        int area = SelectArea(buffers);
        _buffers.Add(buffers);
        return area;
    }

    /// <summary>Writes the model: a function of data, options and seed alone. Leaves the stream open.</summary>
    public void Save(Stream stream) => SalModelFile.Write(this, stream);

    /// <summary>Writes the model to a file, whose old contents stay until the new ones are on the disk: a failure leaves them as they are.</summary>
    /// <exception cref="IOException">The file cannot be written: the disk is full, its folder does not exist, ...</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Reads what <see cref="Save(Stream)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The stream is not a SAL model, truncated, altered, or of a newer version.</exception>
    /// <exception cref="InsufficientMemoryException">The model needs more memory than there is.</exception>
    public static SalModel Load(Stream stream) => SalModelFile.Read(stream);

    /// <summary>Reads the model of a file.</summary>
    /// <exception cref="InvalidDataException">The file is not a SAL model, truncated, altered, or of a newer version.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SalModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>Reads the model out of a pipeline that ML.NET saved, such as <c>digits.zip</c>. The other transforms of the pipeline are not run: the features must be as the trainer got them.</summary>
    /// <param name="stream">The zip; left open.</param>
    /// <param name="classNames">The names of the classes, in the order of the probabilities; null when the labels had none.</param>
    /// <exception cref="InvalidDataException">The stream is no zip, holds no SAL model or more than one, or the model is truncated, altered, or of a newer version.</exception>
    public static SalModel LoadFromZip(Stream stream, out IReadOnlyList<string>? classNames) => SalPipelineFile.Read(stream, out classNames);

    private int SelectArea(ScoringBuffers buffers)
    {
        if (NumberOfAreas == 1)
        {
            return 0;
        }

        Router.Score(buffers.Input, 0, 1, buffers.AreaScores);
        return Router.Select(buffers.AreaScores, 0);
    }

    private int Predict(ScoringBuffers buffers, Span<float> probabilities)
    {
        int area = SelectArea(buffers);
        buffers.Forward(Network, area, rows: 1);
        buffers.Logits.CopyRowTo(0, probabilities);
        Softmax.Apply(probabilities);
        _buffers.Add(buffers);
        return area;
    }

    private ScoringBuffers Rent(ReadOnlySpan<float> features)
    {
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException($"The row has {features.Length} features, but the model was trained on {FeatureCount}.", nameof(features));
        }

        ScoringBuffers buffers = Rent();
        buffers.Input.Clear();
        buffers.Input.Set(0, features, Transform);
        return buffers;
    }

    private ScoringBuffers Rent(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        SparseFeatures.Check(indices, values, FeatureCount);
        ScoringBuffers buffers = Rent();
        buffers.Input.Clear();
        buffers.Input.Set(0, indices, values, Transform);
        return buffers;
    }

    private ScoringBuffers Rent() => _buffers.TryTake(out ScoringBuffers? buffers) ? buffers : new ScoringBuffers(Network.Shape, rows: 1);

    private void CheckProbabilities(Span<float> probabilities)
    {
        if (probabilities.Length != ClassCount)
        {
            throw new ArgumentException($"The span for probabilities holds {probabilities.Length} values, but the model has {ClassCount} classes.", nameof(probabilities));
        }
    }
}
