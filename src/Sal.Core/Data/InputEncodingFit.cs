namespace Sal.Core.Data;

/// <summary>Fits the <see cref="InputEncoding"/> to the training rows.</summary>
/// <remarks>
/// Each feature is scaled by its deviation without its extreme values, so that a wrong cell costs nothing, and so that the values of a
/// mostly constant feature, such as the indicator of a rare category, are about 2 and never blown up. Beside it, features of many
/// different values have a piecewise linear code (Gorishniy et al., 2022) of as many pieces as the rows allow: a sum of its inputs can bend
/// at any of its thresholds, where a scaled value alone leaves each threshold to hidden units.
/// </remarks>
internal static class InputEncodingFit
{
    private const int MaximumSample = 16_384;
    private const int MinimumSample = 1_024;
    private const int SampledValues = 1 << 22; // over all features
    private const int RowsPerPiece = 12;
    private const int MaximumPieces = 64;
    private const int MaximumPiecesOfAllFeatures = 256;
    private const int FewValues = 20; // grades and counts of so many values are learned as well without a code
    private const int MinimumPieces = 4; // fewer bend too coarsely to be worth their inputs
    private const float IndicatorHeight = 2;

    /// <summary>Computes the inputs of each feature.</summary>
    /// <param name="set">The training rows.</param>
    /// <param name="moments">What all of them tell of each feature.</param>
    /// <param name="options">The options on the input.</param>
    /// <param name="cancellationToken">Cancels the pass over the sample.</param>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static InputEncoding Fit(
        TrainingSet set, FeatureMoments moments, InputOptions options, CancellationToken cancellationToken)
    {
        float bound = options.Clip is { } clip ? (float)clip : float.MaxValue;
        var inputs = new List<SalInput>();
        if (options.Scaling == InputScaling.PerFeature)
        {
            int most = Math.Clamp(SampledValues / set.FeatureCount, MinimumSample, MaximumSample);
            var sample = FeatureSample.Draw(set, most, options.Seed, cancellationToken);
            Code code = options.ThresholdsPerFeature is { } asked ? new Code(asked, FewValues: 2) : ChooseCode(set, moments, sample);
            for (int feature = 0; feature < set.FeatureCount; feature++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!moments.IsConstant(feature))
                {
                    float[] values = sample.Values(feature);
                    var column = new Column(feature, values, inputs);
                    FeatureScale scale = FeatureScale.Measure(values, value => moments.Reach(feature, value));
                    column.Add(scale.Center, 1 / scale.Unit, -bound, bound);
                    column.AddCode(code);
                    if (options.StepsPerFeature > 0 && HasMoreValuesThan(2, values))
                    {
                        column.AddSteps(ClassSteps.Find(values, sample.Labels(feature), set.ClassCount, options.StepsPerFeature));
                    }
                }

                AddIndicator(feature, moments, inputs);
            }
        }
        else
        {
            (double mean, double deviation) = options.Scaling == InputScaling.Common ? moments.Pool() : (0, 1);
            float start = set.IsSparse ? 0 : (float)mean, slope = (float)(1 / deviation);
            for (int feature = 0; feature < set.FeatureCount; feature++)
            {
                bool isUsed = options.Scaling == InputScaling.None || (!moments.IsConstant(feature) && float.IsFinite(slope));
                inputs.Add(new SalInput(feature, start, isUsed ? slope : 0, -bound, bound, Missing: 0));
                AddIndicator(feature, moments, inputs);
            }
        }

        // A network needs an input, even if all features are constant.
        return new InputEncoding(set.FeatureCount, inputs.Count > 0 ? inputs : [new SalInput(0, 0, 0, 0, 0, 0)]);
    }

    private static Code ChooseCode(TrainingSet set, FeatureMoments moments, FeatureSample sample)
    {
        int numbers = Enumerable.Range(0, set.FeatureCount)
            .Count(feature => !moments.IsConstant(feature) && HasMoreValuesThan(FewValues, sample.Values(feature)));
        int pieces = Math.Min(MaximumPieces, Math.Min(set.RowCount / RowsPerPiece, MaximumPiecesOfAllFeatures) / Math.Max(1, numbers));
        return new Code(pieces < MinimumPieces ? 0 : pieces, FewValues);
    }

    private static bool HasMoreValuesThan(int few, ReadOnlySpan<float> sorted)
    {
        int values = 0;
        for (; values <= few && !sorted.IsEmpty; values++)
        {
            int next = sorted.IndexOfAnyExcept(sorted[0]);
            sorted = next < 0 ? [] : sorted[next..];
        }

        return values > few;
    }

    private static void AddIndicator(int feature, FeatureMoments moments, List<SalInput> inputs)
    {
        if (moments.IsSometimesMissing(feature))
        {
            inputs.Add(new SalInput(feature, Start: 0, Slope: 0, Low: 0, High: 0, IndicatorHeight));
        }
    }

    // The code of features of more than a few values.
    private readonly record struct Code(int Pieces, int FewValues);

    // The inputs of a feature, of which a sample of values is known, ascending.
    private sealed class Column(int feature, float[] values, List<SalInput> inputs)
    {
        private readonly float _median = values.Length == 0 ? 0 : FeatureScale.Quantile(values, 0.5);

        public void AddCode(Code code)
        {
            if (code.Pieces > 0 && HasMoreValuesThan(code.FewValues, values))
            {
                float[] thresholds = Thresholds(code.Pieces);
                for (int i = 1; i < thresholds.Length; i++)
                {
                    AddRise(thresholds[i - 1], thresholds[i]);
                }
            }
        }

        // A step rises between the two values on both sides of a cut.
        public void AddSteps(int[] cuts)
        {
            foreach (int cut in cuts)
            {
                AddRise(values[cut], values[cut + 1]);
            }
        }

        // A missing value counts as the median, and has an indicator of its own.
        public void Add(float start, float slope, float low, float high)
        {
            if (slope != 0 && float.IsFinite(slope)) // otherwise the values differ by less than numbers can tell
            {
                inputs.Add(new SalInput(feature, start, slope, low, high, Math.Clamp((_median - start) * slope, low, high)));
            }
        }

        private void AddRise(float from, float to) => Add(from, 1 / (to - from), 0, 1);

        // The distinct values, or quantiles if there are more of them than pieces.
        private float[] Thresholds(int pieces)
        {
            float[] distinct = [.. values.Distinct().Take(pieces + 2)];
            return distinct.Length <= pieces + 1
                ? distinct
                : [.. Enumerable.Range(0, pieces + 1).Select(i => FeatureScale.Quantile(values, (double)i / pieces)).Distinct()];
        }
    }
}
