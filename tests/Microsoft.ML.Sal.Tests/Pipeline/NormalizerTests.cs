using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>NormalizeMinMax and NormalizeMeanVariance. Missing values are passed over when learning and stay missing.</summary>
[TestClass]
public class NormalizerTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly IDataView _data;

    // Scalar: 1, NaN, 3, 2, -2. Mean 1, mean square 4.5, variance 3.5.
    public NormalizerTests() => _data = _mlContext.Data.LoadFromEnumerable<Row>(
    [
        new() { Scalar = 1, Vector = [1, 2], Double = 0.5 },
        new() { Scalar = float.NaN, Vector = [-4, 5], Double = 1.5 },
        new() { Scalar = 3, Vector = [0, 6], Double = 2.5 },
        new() { Scalar = 2, Vector = [float.NaN, 7], Double = 3.5 },
        new() { Scalar = -2, Vector = [2, 8], Double = 3.5 },
    ]);

    [TestMethod]
    public void MinMax_divides_by_the_largest_magnitude_by_default()
    {
        AssertScalar(_mlContext.Transforms.NormalizeMinMax("New", "Scalar"), 1 / 3f, float.NaN, 1, 2 / 3f, -2 / 3f);
        AssertVector(_mlContext.Transforms.NormalizeMinMax("New", "Vector"), [0.25f, -1, 0, float.NaN, 0.5f], [0.25f, 0.625f, 0.75f, 0.875f, 1]);
    }

    [TestMethod]
    public void MinMax_maps_to_0_to_1_if_zero_is_not_fixed()
    {
        AssertScalar(_mlContext.Transforms.NormalizeMinMax("New", "Scalar", fixZero: false), 0.6f, float.NaN, 1, 0.8f, 0);
        AssertVector(_mlContext.Transforms.NormalizeMinMax("New", "Vector", fixZero: false), [5 / 6f, 0, 4 / 6f, float.NaN, 1], [0, 3 / 6f, 4 / 6f, 5 / 6f, 1]);
    }

    [TestMethod]
    public void MeanVariance_divides_by_the_root_of_the_mean_square_by_default()
    {
        AssertScalar(_mlContext.Transforms.NormalizeMeanVariance("New", "Scalar"), 0.47140455f, float.NaN, 1.4142137f, 0.9428091f, -0.9428091f);
        AssertVector(
            _mlContext.Transforms.NormalizeMeanVariance("New", "Vector"),
            [0.43643576f, -1.745743f, 0, float.NaN, 0.8728715f],
            [0.33520076f, 0.8380019f, 1.0056022f, 1.1732026f, 1.340803f]);
    }

    [TestMethod]
    public void MeanVariance_takes_off_the_mean_if_zero_is_not_fixed()
    {
        AssertScalar(_mlContext.Transforms.NormalizeMeanVariance("New", "Scalar", fixZero: false), 0, float.NaN, 1.069045f, 0.5345225f, -1.6035674f);
        AssertVector(
            _mlContext.Transforms.NormalizeMeanVariance("New", "Vector", fixZero: false),
            [0.54882133f, -1.646464f, 0.10976426f, float.NaN, 0.9878784f],
            [-1.7483144f, -0.2913857f, 0.19425721f, 0.6799001f, 1.1655431f]);
    }

    [TestMethod]
    public void Double_columns_stay_Double()
    {
        AssertDouble(_mlContext.Transforms.NormalizeMinMax("New", "Double"), 0.5 / 3.5, 1.5 / 3.5, 2.5 / 3.5, 1, 1);
        AssertDouble(_mlContext.Transforms.NormalizeMinMax("New", "Double", fixZero: false), 0, 1 / 3.0, 2 / 3.0, 1, 1);
        AssertDouble(
            _mlContext.Transforms.NormalizeMeanVariance("New", "Double"),
            0.19389168358237036, 0.5816750507471111, 0.9694584179118517, 1.3572417850765925, 1.3572417850765925);
        AssertDouble(
            _mlContext.Transforms.NormalizeMeanVariance("New", "Double", fixZero: false),
            -1.5434872662825792, -0.6859943405700352, 0.17149858514250896, 1.0289915108550531, 1.0289915108550531);
    }

    [TestMethod]
    public void A_constant_becomes_0()
    {
        IDataView threes = Numbers(3, 3);
        foreach (bool fixZero in new[] { true, false })
        {
            CollectionAssert.AreEqual(new float[] { 0, 0 }, Apply(threes, _mlContext.Transforms.NormalizeMinMax("Scalar", fixZero: fixZero)));
            CollectionAssert.AreEqual(new float[] { 0, 0 }, Apply(threes, _mlContext.Transforms.NormalizeMeanVariance("Scalar", fixZero: fixZero)));
        }
    }

    [TestMethod]
    public void Infinite_values_do_not_count_for_mean_and_variance()
    {
        IDataView data = Numbers(float.PositiveInfinity, 1, 3);

        CollectionAssert.AreEqual(new[] { float.PositiveInfinity, -1, 1 }, Apply(data, _mlContext.Transforms.NormalizeMeanVariance("Scalar", fixZero: false)));
        CollectionAssert.AreEqual(new[] { float.PositiveInfinity, 0.4472136f, 1.3416407f }, Apply(data, _mlContext.Transforms.NormalizeMeanVariance("Scalar")));
    }

    [TestMethod]
    public void Implicit_zeros_of_sparse_vectors_count()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable<SparseRow>([new() { Vector = new(3, 1, [5], [1]) }, new() { Vector = new(3, 2, [-1, 3], [0, 1]) }]);

        IDataView normalized = _mlContext.Transforms.NormalizeMinMax("Vector", fixZero: false).Fit(data).Transform(data);

        float[][] vectors = [.. normalized.GetColumn<float[]>("Vector")];
        CollectionAssert.AreEqual(new float[] { 1, 1, 0 }, vectors[0]);
        CollectionAssert.AreEqual(new float[] { 0, 0, 0 }, vectors[1]);
    }

    [TestMethod]
    public void Only_the_first_rows_may_count() =>
        CollectionAssert.AreEqual(
            new[] { 0.25f, 1, 2 }, Apply(Numbers(1, 4, 8), _mlContext.Transforms.NormalizeMinMax("Scalar", maximumExampleCount: 2)));

    [TestMethod]
    public void What_was_learnt_is_applied_to_other_data()
    {
        ITransformer fitted = _mlContext.Transforms.NormalizeMinMax("Scalar").Fit(Numbers(2, 4));

        CollectionAssert.AreEqual(new float[] { 2, -1 }, fitted.Transform(Numbers(8, -4)).GetColumn<float>("Scalar").ToArray());
    }

    [TestMethod]
    public void The_column_is_marked_and_keeps_its_slot_names()
    {
        var pipeline = _mlContext.Transforms.Concatenate("Features", "Scalar", "Vector").Append(_mlContext.Transforms.NormalizeMinMax("Features"));

        DataViewSchema.Column column = pipeline.Fit(_data).Transform(_data).Schema["Features"];

        Assert.IsTrue(column.IsNormalized());
        Assert.IsTrue(column.HasSlotNames());
        Assert.AreEqual("Vector<Single, 3>", column.Type.ToString());
    }

    [TestMethod]
    public void Only_real_numbers_of_known_size_can_be_normalised()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.NormalizeMinMax("New", "Integer").Fit(_data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.NormalizeMinMax("New", "Unsized").Fit(_data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.CopyColumns("Copy", "Scalar").Append(_mlContext.Transforms.NormalizeMinMax("New", "Integer")).Fit(_data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.NormalizeMinMax("Scalar", maximumExampleCount: 0));
    }

    private IDataView Numbers(params float[] numbers) => _mlContext.Data.LoadFromEnumerable(numbers.Select(number => new Row { Scalar = number, Vector = [0, 0] }).ToList());

    private static float[] Apply(IDataView data, IEstimator<ITransformer> estimator) => [.. estimator.Fit(data).Transform(data).GetColumn<float>("Scalar")];

    private void AssertScalar(IEstimator<ITransformer> estimator, params float[] expected) =>
        AssertClose(expected, [.. estimator.Fit(_data).Transform(_data).GetColumn<float>("New")]);

    private void AssertVector(IEstimator<ITransformer> estimator, float[] first, float[] second)
    {
        float[][] rows = [.. estimator.Fit(_data).Transform(_data).GetColumn<float[]>("New")];
        AssertClose(first, [.. rows.Select(row => row[0])]);
        AssertClose(second, [.. rows.Select(row => row[1])]);
    }

    private void AssertDouble(IEstimator<ITransformer> estimator, params double[] expected)
    {
        double[] actual = [.. estimator.Fit(_data).Transform(_data).GetColumn<double>("New")];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-15);
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], float.IsNaN(expected[i]) ? 0 : 1.2e-7f * MathF.Abs(expected[i]), $"row {i}");
        }
    }

    private sealed class Row
    {
        public float Scalar { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];

        public double Double { get; set; }

        public int Integer { get; set; }

        public float[] Unsized { get; set; } = [];
    }

    private sealed class SparseRow
    {
        [VectorType(3)]
        public VBuffer<float> Vector { get; set; }
    }
}
