using System.Collections.Concurrent;
using Sal.Core.Data;
using Sal.Core.Files;
using Sal.Core.Network;
using Sal.Core.Scoring;

namespace Sal.Core.Model;

/// <summary>A trained SAL network with its input transform and router. Immutable; all members are thread-safe.</summary>
public sealed partial class SalModel
{
    private readonly ConcurrentBag<AreaScorer> _scorers = []; // for single rows
    private readonly ConcurrentBag<BatchScoring> _batches = [];
    private SalExplainer? _explainer; // from the typical row, created when it is first used

    internal SalModel(InputEncoding encoding, Router router, SalNetwork network)
    {
        Encoding = encoding;
        Router = router;
        Network = network;
    }

    /// <summary>Gets the number of features per row (d).</summary>
    public int FeatureCount => Encoding.FeatureCount;

    /// <summary>
    /// Gets the inputs of the network, which tell what the model does with each feature: how it is scaled, at which thresholds the network
    /// can bend, and what a missing value counts as.
    /// </summary>
    /// <returns>The inputs, by ascending feature; none for a feature that was constant in training.</returns>
    public IReadOnlyList<SalInput> GetInputEncoding() => [.. Enumerable.Range(0, Encoding.InputCount).Select(input => Encoding[input])];

    /// <summary>Gets the number of classes (C).</summary>
    public int ClassCount => Network.Shape.ClassCount;

    /// <summary>Gets the number of areas (K).</summary>
    public int NumberOfAreas => Network.Shape.NumberOfAreas;

    /// <summary>Gets the number of hidden layers (L).</summary>
    public int NumberOfLayers => Network.Shape.NumberOfLayers;

    /// <summary>Gets the number of units per hidden layer (H).</summary>
    public int HiddenUnits => Network.Shape.HiddenUnits;

    /// <summary>Gets the activation function of hidden units.</summary>
    public ActivationKind Activation => Network.Shape.Activation;

    /// <summary>Gets whether layers after the first add their input to their output.</summary>
    public bool Residual => Network.Shape.Residual;

    /// <summary>Gets which layers are split into areas.</summary>
    public RoutedLayers RoutedLayers => Network.Shape.RoutedLayers;

    /// <summary>
    /// Gets the number of weights, biases and readouts of all areas. Feedback is used only in training and is not counted.
    /// </summary>
    public long ParameterCount => Network.Shape.ParameterCount;

    /// <summary>Gets the number of parameters used per row.</summary>
    public long ActiveParameterCount => Network.Shape.ActiveParameterCount;

    internal InputEncoding Encoding { get; }

    internal Router Router { get; }

    internal SalNetwork Network { get; }

    /// <summary>
    /// Computes the class probabilities of a dense row. A NaN feature counts as the training mean, an infinite one as the clipping bound;
    /// the result is never NaN and sums to 1. Allocates nothing once each calling thread has scored a row.
    /// </summary>
    /// <param name="features">The row, <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: <see cref="ClassCount"/> values.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Predict(ReadOnlySpan<float> features, Span<float> probabilities) =>
        Predict(new FeatureVector(features), probabilities, out _);

    /// <summary>Computes the class probabilities of a dense row and returns the area that was used.</summary>
    /// <inheritdoc cref="Predict(in FeatureVector, Span{float}, out int)"/>
    public void Predict(ReadOnlySpan<float> features, Span<float> probabilities, out int area) =>
        Predict(new FeatureVector(features), probabilities, out area);

    /// <summary>
    /// Computes the class probabilities of a sparse row. The result is bitwise identical to that of the same row in dense form.
    /// </summary>
    /// <param name="indices">The indices of the nonzero features, ascending, each below <see cref="FeatureCount"/>.</param>
    /// <param name="values">The raw values of these features.</param>
    /// <param name="probabilities">Written: <see cref="ClassCount"/> values.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the indices are not ascending or out of range.</exception>
    public void Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> probabilities) =>
        Predict(new FeatureVector(FeatureCount, indices, values), probabilities, out _);

    /// <summary>
    /// Computes the class probabilities of a row and returns the area that was used. A NaN feature counts as the training mean, an infinite
    /// one as the clipping bound; the result is never NaN and sums to 1. Allocates nothing once each calling thread has scored a row.
    /// </summary>
    /// <param name="features">The row, with <see cref="FeatureCount"/> raw features.</param>
    /// <param name="probabilities">Written: <see cref="ClassCount"/> values.</param>
    /// <param name="area">The area of the row, 0 to <see cref="NumberOfAreas"/> - 1.</param>
    /// <exception cref="ArgumentException">The row or the span has the wrong length.</exception>
    public void Predict(in FeatureVector features, Span<float> probabilities, out int area)
    {
        if (probabilities.Length != ClassCount)
        {
            throw new ArgumentException(
                $"The span for probabilities holds {probabilities.Length} values, but the model has {ClassCount} classes.",
                nameof(probabilities));
        }

        AreaScorer scorer = Rent(in features);
        area = Route(scorer);
        scorer.Score(Network, area, rows: 1);
        scorer.GetProbabilities(0, probabilities);
        Return(scorer);
    }

    /// <summary>
    /// Computes the class probabilities of many dense rows. The result is bitwise identical to scoring them one by one, but several times
    /// as fast, because rows of the same area pass through its weights together. Runs on the calling thread.
    /// </summary>
    /// <param name="rows">The rows, one after the other: count x <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: count x <see cref="ClassCount"/> values.</param>
    /// <exception cref="ArgumentException">The last row is incomplete, or the lengths of the spans do not match.</exception>
    public void PredictBatch(ReadOnlySpan<float> rows, Span<float> probabilities) => PredictBatch(rows, probabilities, []);

    /// <summary>
    /// Computes the class probabilities of many dense rows, like <see cref="PredictBatch(ReadOnlySpan{float}, Span{float})"/>, and returns
    /// their areas.
    /// </summary>
    /// <param name="rows">The rows, one after the other: count x <see cref="FeatureCount"/> raw values.</param>
    /// <param name="probabilities">Written: count x <see cref="ClassCount"/> values.</param>
    /// <param name="areas">
    /// Written: the area of each row, 0 to <see cref="NumberOfAreas"/> - 1. May be empty if the areas are not needed.
    /// </param>
    /// <exception cref="ArgumentException">The last row is incomplete, or the lengths of the spans do not match.</exception>
    public void PredictBatch(ReadOnlySpan<float> rows, Span<float> probabilities, Span<int> areas)
    {
        (int count, int rest) = Math.DivRem(rows.Length, FeatureCount);
        if (rest != 0 || probabilities.Length != (long)count * ClassCount)
        {
            throw new ArgumentException(
                $"The spans hold {rows.Length} features and {probabilities.Length} probabilities, but the model has {FeatureCount} "
                + $"features and {ClassCount} classes per row.",
                nameof(probabilities));
        }

        PredictBatch(new DenseRows(rows, FeatureCount), probabilities, areas);
    }

    /// <summary>
    /// Computes the class probabilities of many rows, each dense or sparse, like
    /// <see cref="PredictBatch(ReadOnlySpan{float}, Span{float}, Span{int})"/>.
    /// </summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="row">
    /// Gets the features of a row, from 0 to <paramref name="count"/> - 1: <see cref="FeatureCount"/> raw features. It is called a few times
    /// per row, in no particular order.
    /// </param>
    /// <param name="probabilities">Written: count x <see cref="ClassCount"/> values.</param>
    /// <param name="areas">
    /// Written: the area of each row, 0 to <see cref="NumberOfAreas"/> - 1. May be empty if the areas are not needed.
    /// </param>
    /// <exception cref="ArgumentException">A row or a span has the wrong length.</exception>
    public void PredictBatch(int count, Func<int, FeatureVector> row, Span<float> probabilities, Span<int> areas)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (probabilities.Length != (long)count * ClassCount)
        {
            throw new ArgumentException(
                $"The span holds {probabilities.Length} probabilities, but the model has {ClassCount} classes for each of the {count} rows.",
                nameof(probabilities));
        }

        PredictBatch(new SuppliedRows(row, count, FeatureCount), probabilities, areas);
    }

    /// <summary>Gets the area of a dense row, 0 to <see cref="NumberOfAreas"/> - 1.</summary>
    /// <param name="features">The row, <see cref="FeatureCount"/> raw values.</param>
    /// <exception cref="ArgumentException">The row has the wrong length.</exception>
    public int GetArea(ReadOnlySpan<float> features) => GetArea(new FeatureVector(features));

    /// <summary>Gets the area of a sparse row, 0 to <see cref="NumberOfAreas"/> - 1.</summary>
    /// <param name="indices">The indices of the nonzero features, ascending, each below <see cref="FeatureCount"/>.</param>
    /// <param name="values">The raw values of these features.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or the indices are not ascending or out of range.</exception>
    public int GetArea(ReadOnlySpan<int> indices, ReadOnlySpan<float> values) => GetArea(new FeatureVector(FeatureCount, indices, values));

    /// <summary>Gets the area of a row, 0 to <see cref="NumberOfAreas"/> - 1.</summary>
    /// <param name="features">The row, with <see cref="FeatureCount"/> raw features.</param>
    /// <exception cref="ArgumentException">The row has the wrong length.</exception>
    public int GetArea(in FeatureVector features)
    {
        AreaScorer scorer = Rent(in features);
        int area = Route(scorer);
        Return(scorer);
        return area;
    }

    /// <summary>
    /// Computes how much each feature of a row contributes to the log-odds of the predicted class against the second likeliest one,
    /// measured from the typical row. <see cref="SalExplainer"/> compares with other classes and measures from other rows.
    /// </summary>
    /// <param name="features">The row, with <see cref="FeatureCount"/> raw features.</param>
    /// <param name="contributions">Written: <see cref="FeatureCount"/> values, in nats.</param>
    /// <returns>What was compared.</returns>
    /// <exception cref="ArgumentException">The row or the span has the wrong length.</exception>
    public SalExplanation Explain(in FeatureVector features, Span<float> contributions) =>
        (_explainer ??= new SalExplainer(this)).Explain(in features, contributions);

    /// <summary>Creates the same model with its classes in another order, for instance that of rows to continue training with.</summary>
    /// <param name="order">For each class of the new model, which class of this one it is; each class once.</param>
    /// <returns>A model that gives the same probabilities in the new order.</returns>
    /// <exception cref="ArgumentException">The order does not have each class once.</exception>
    public SalModel WithClasses(ReadOnlySpan<int> order)
    {
        int[] places = order.ToArray();
        if (!places.Order().SequenceEqual(Enumerable.Range(0, ClassCount)))
        {
            throw new ArgumentException($"The order must have each of the {ClassCount} classes once, counted from 0.", nameof(order));
        }

        return new SalModel(Encoding, Router, Network.WithClasses(places));
    }

    /// <summary>Creates the same model with the probabilities tempered: softmax(logits / temperature).</summary>
    internal SalModel WithTemperature(double temperature) => new(Encoding, Router, Network.WithScaledReadouts((float)(1 / temperature)));

    /// <summary>Writes the model. The bytes depend only on the data, the options and the seed. Leaves the stream open.</summary>
    public void Save(Stream stream) => SalModelFile.Write(this, stream);

    /// <summary>
    /// Writes the model to a file. An existing file is replaced only after the new contents are on disk, so a failure leaves it unchanged.
    /// </summary>
    /// <exception cref="IOException">
    /// The file cannot be written, for example because the disk is full or the folder does not exist.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or its folder is denied.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Reads a model written by <see cref="Save(Stream)"/>.</summary>
    /// <exception cref="InvalidDataException">
    /// The stream is not a SAL model, or the model is truncated, altered or of a newer format version.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The model needs more memory than is available.</exception>
    public static SalModel Load(Stream stream) => SalModelFile.Read(stream);

    /// <summary>Reads a model from a file.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not a SAL model, or the model is truncated, altered or of a newer format version.
    /// </exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static SalModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>
    /// Reads the model from a pipeline that ML.NET saved, such as <c>digits.zip</c>. The other transforms of the pipeline are not run, so
    /// the features must be in the form in which the trainer received them.
    /// </summary>
    /// <param name="stream">The zip archive; left open.</param>
    /// <param name="classNames">The names of the classes, in the order of the probabilities; null if the labels had no names.</param>
    /// <exception cref="InvalidDataException">
    /// The stream is not a zip archive, or it does not hold exactly one SAL model, or the model is truncated, altered or of a newer format
    /// version.
    /// </exception>
    public static SalModel LoadFromZip(Stream stream, out IReadOnlyList<string>? classNames) =>
        SalPipelineFile.Read(stream, out classNames);

    private void PredictBatch<TRows>(TRows rows, Span<float> probabilities, Span<int> areas)
        where TRows : IFeatureRows, allows ref struct
    {
        if (!areas.IsEmpty && areas.Length != rows.Count)
        {
            throw new ArgumentException(
                $"The span for areas holds {areas.Length} values, but there are {rows.Count} rows.", nameof(areas));
        }

        BatchScoring batch = _batches.TryTake(out BatchScoring? pooled) ? pooled : new BatchScoring(this);
        batch.Run(rows, probabilities, areas);
        _batches.Add(batch);
    }

    internal int Route(AreaScorer scorer)
    {
        int area = 0;
        scorer.Route(Router, new Span<int>(ref area));
        return area;
    }

    /// <summary>Takes a scorer from the pool and sets its input to the row.</summary>
    internal AreaScorer Rent(in FeatureVector features)
    {
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException(
                $"The row has {features.Length} features, but the model was trained on {FeatureCount}.", nameof(features));
        }

        AreaScorer scorer = _scorers.TryTake(out AreaScorer? pooled) ? pooled : new AreaScorer(Encoding, Network.Shape.IsSparse, rows: 1);
        scorer.Input.Clear();
        scorer.Input.Set(0, in features);
        return scorer;
    }

    /// <summary>Gives a scorer back to the pool.</summary>
    internal void Return(AreaScorer scorer) => _scorers.Add(scorer);
}
