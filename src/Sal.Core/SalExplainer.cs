using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Sal.Core.Data;
using Sal.Core.Files;
using Sal.Core.Numerics;
using Sal.Core.Scoring;

namespace Sal.Core.Model;

/// <summary>
/// Explains predictions of a model: computes how much each feature of a row contributes to the log-odds of the predicted class against
/// another one, measured from a baseline row. Immutable; all members are thread-safe.
/// </summary>
/// <remarks>
/// The contributions are integrated gradients (Sundararajan et al., 2017) along the straight line from the encoded baseline to the encoded
/// row, within the network of the row's area. All inputs that a feature is encoded as count together, also the one that tells that it is
/// missing. The contributions add up to the difference of the log-odds, up to the rounding of Single. A feature that is the same in the row
/// and in the baseline contributes 0. Contributions are finite, unless the model was trained without <c>InputClip</c> and a feature is so
/// large that the log-odds exceed the range of Single.
/// </remarks>
public sealed class SalExplainer
{
    private readonly SalModel _model;
    private readonly BaselineRow[] _baselines; // of each area
    private readonly PanelMatrix[] _starts; // of each area: z of the first layer at the baseline
    private readonly ConcurrentBag<PathPass> _paths = [];

    /// <summary>
    /// Creates an explainer that measures from the typical row: each feature has its median (the mean, with <c>InputScaling.Common</c> or
    /// <c>None</c>), and none is missing.
    /// </summary>
    /// <param name="model">The model.</param>
    public SalExplainer(SalModel model)
        : this(model, InAllAreas(model, BaselineRow.Typical(Checked(model).Encoding)))
    {
    }

    /// <summary>Creates an explainer that measures from a row.</summary>
    /// <param name="model">The model.</param>
    /// <param name="baseline">The row, with <see cref="SalModel.FeatureCount"/> raw features; NaN where one is missing.</param>
    /// <exception cref="ArgumentException">The row has the wrong length.</exception>
    public SalExplainer(SalModel model, in FeatureVector baseline)
        : this(model, InAllAreas(model, Encode(Checked(model), in baseline)))
    {
    }

    /// <summary>Creates an explainer that measures from the mean row of the area of the row to explain.</summary>
    /// <param name="means">The means of the areas of the model.</param>
    /// <exception cref="InvalidOperationException">No row has been added to the means.</exception>
    public SalExplainer(SalAreaMeans means)
        : this(Checked(means).Model, means.ToBaselines())
    {
    }

    internal SalExplainer(SalModel model, BaselineRow[] baselines)
    {
        _model = model;
        _baselines = baselines;
        _starts =
        [
            .. baselines.Select((baseline, area) => baseline.Multiply(model.Network[0, area].Weights, model.Network[0, area].Bias)),
        ];
    }

    /// <summary>Gets the model whose predictions are explained.</summary>
    public SalModel Model => _model;

    /// <summary>Gets the number of points on the path, a multiple of 8: more bring the contributions closer to the integral.</summary>
    internal int Points { get; init; } = PathPass.DefaultPoints;

    internal IReadOnlyList<BaselineRow> Baselines => _baselines;

    /// <summary>
    /// Computes how much each feature of a row contributes to the log-odds of the predicted class against another one. Allocates nothing
    /// once each calling thread has explained a row.
    /// </summary>
    /// <param name="features">The row, with <see cref="SalModel.FeatureCount"/> raw features.</param>
    /// <param name="contributions">
    /// Written: <see cref="SalModel.FeatureCount"/> values in nats, positive where the feature speaks for the predicted class.
    /// </param>
    /// <param name="otherClass">
    /// The class to compare with, from 0; null for the second likeliest one, which also takes its place where it is the predicted class.
    /// </param>
    /// <returns>What was compared.</returns>
    /// <exception cref="ArgumentException">The row or the span has the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public SalExplanation Explain(in FeatureVector features, Span<float> contributions, int? otherClass = null)
    {
        if (contributions.Length != _model.FeatureCount)
        {
            throw new ArgumentException(
                $"The span for contributions holds {contributions.Length} values, but the model has {_model.FeatureCount} features.",
                nameof(contributions));
        }

        if (otherClass < 0 || otherClass >= _model.ClassCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(otherClass), otherClass, $"There is no class {otherClass}: the model has {_model.ClassCount} classes, from 0.");
        }

        AreaScorer scorer = _model.Rent(in features);
        int area = _model.Route(scorer);
        LayerInput row = scorer.Input.Operand;
        PathPass path = _paths.TryTake(out PathPass? pooled) ? pooled : new PathPass(_model.Network, Points);
        path.Forward(row, _starts[area], area);
        SalExplanation explanation = Compare(path, area, otherClass);
        path.Backward(area, explanation.PredictedClass, explanation.OtherClass);
        contributions.Clear();
        path.AddContributions(row, _baselines[area], area, _model.Encoding, contributions);
        _paths.Add(path);
        _model.Return(scorer);
        return explanation;
    }

    /// <summary>Writes the explainer with its model. Leaves the stream open.</summary>
    public void Save(Stream stream) => SalExplainerFile.Write(this, stream);

    /// <summary>Reads an explainer written by <see cref="Save"/>. Leaves the stream open.</summary>
    /// <exception cref="InvalidDataException">
    /// The stream is not an explainer, or it is truncated, altered or of a newer version.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The model needs more memory than is available.</exception>
    public static SalExplainer Load(Stream stream) => SalExplainerFile.Read(stream);

    private static SalModel Checked(SalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }

    private static SalAreaMeans Checked(SalAreaMeans means)
    {
        ArgumentNullException.ThrowIfNull(means);
        return means;
    }

    private static BaselineRow[] InAllAreas(SalModel model, BaselineRow baseline) =>
        [.. Enumerable.Repeat(baseline, model.NumberOfAreas)];

    private static BaselineRow Encode(SalModel model, in FeatureVector row)
    {
        AreaScorer scorer = model.Rent(in row);
        var inputs = new double[model.Encoding.InputCount];
        scorer.Input.Operand.AddRowTo(0, inputs);
        model.Return(scorer);
        return BaselineRow.From([.. inputs.Select(input => (float)input)]);
    }

    private SalExplanation Compare(PathPass path, int area, int? otherClass)
    {
        const int StackLimit = 256;
        int classes = _model.ClassCount;
        Span<float> logits = classes <= StackLimit ? stackalloc float[classes] : new float[classes];
        Span<float> probabilities = classes <= StackLimit ? stackalloc float[classes] : new float[classes];
        path.CopyLogitsTo(logits);
        logits.CopyTo(probabilities);
        Softmax.Apply(probabilities);
        int predicted = TensorPrimitives.IndexOfMax<float>(probabilities);
        int other = otherClass is { } named && named != predicted ? named : SecondLargest(logits, predicted);
        float logOdds = logits[predicted] - logits[other];
        path.CopyBaselineLogitsTo(logits);
        return new SalExplanation(predicted, other, area, logOdds, logits[predicted] - logits[other]);
    }

    private static int SecondLargest(ReadOnlySpan<float> logits, int largest)
    {
        int second = largest == 0 && logits.Length > 1 ? 1 : 0;
        for (int i = second + 1; i < logits.Length; i++)
        {
            second = i != largest && logits[i] > logits[second] ? i : second;
        }

        return second;
    }
}
