using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Estimator;

/// <summary>A model scores sparse vectors as it scores the dense vectors they stand for.</summary>
[TestClass]
public class SparseScoringTests
{
    private const int FeatureCount = 40;
    private const int ClassCount = 4;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly VectorRow[] _dense;
    private readonly VectorRow[] _sparse;

    public SparseScoringTests()
    {
        var random = new Random(5);
        float[][] features = [.. Enumerable.Range(0, 200).Select(row => Enumerable.Range(0, FeatureCount)
            .Select(slot => slot % ClassCount == row % ClassCount && random.Next(3) == 0 ? 1 + random.NextSingle() : 0).ToArray())];
        features[7] = new float[FeatureCount]; // no value at all
        _dense = [.. features.Select((row, i) => new VectorRow { Features = new VBuffer<float>(FeatureCount, row), Label = (uint)(i % ClassCount) })];
        _sparse = [.. features.Select((row, i) => new VectorRow { Features = Sparse(row), Label = (uint)(i % ClassCount) })];
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Sparse_rows_score_bit_for_bit_like_dense_ones(bool trainOnSparse)
    {
        ITransformer model = _mlContext.SmallSal(options => options.NumberOfAreas = 4).Fit(View(trainOnSparse ? _sparse : _dense));

        CollectionAssert.AreEqual(Scores(model, _dense), Scores(model, _sparse));
        ITransformer loaded = EstimatorCheck.SaveAndLoad(_mlContext, model, View(_dense).Schema);
        CollectionAssert.AreEqual(Scores(model, _dense), Scores(loaded, _sparse));
    }

    [TestMethod]
    public void Areas_of_sparse_rows_are_those_of_dense_ones()
    {
        SalMulticlassModelParameters model = _mlContext.SmallSal(options => options.NumberOfAreas = 4).Fit(View(_dense)).Model;

        CollectionAssert.AreEqual(model.GetAreas(View(_dense)).ToArray(), model.GetAreas(View(_sparse)).ToArray());
        CollectionAssert.AreEqual(
            _dense.Select(row => model.GetArea(in row.Features)).ToArray(), _sparse.Select(row => model.GetArea(in row.Features)).ToArray());
    }

    [TestMethod]
    public void The_estimator_checks_hold_on_sparse_vectors() => EstimatorCheck.Run(_mlContext, _mlContext.SmallSal(), View(_sparse));

    private IDataView View(IEnumerable<VectorRow> rows) => _mlContext.Data.LoadFromEnumerable(rows);

    // Bits, so that 0 and -0 differ.
    private uint[] Scores(ITransformer model, VectorRow[] rows) =>
        [.. model.Transform(View(rows)).GetColumn<VBuffer<float>>("Score").SelectMany(score => score.DenseValues()).Select(BitConverter.SingleToUInt32Bits)];

    private static VBuffer<float> Sparse(float[] row)
    {
        int[] slots = [.. Enumerable.Range(0, row.Length).Where(slot => row[slot] != 0)];
        return new VBuffer<float>(row.Length, slots.Length, [.. slots.Select(slot => row[slot])], slots);
    }

    private sealed class VectorRow
    {
        [VectorType(FeatureCount)]
        public VBuffer<float> Features;

        [KeyType(ClassCount)]
        public uint Label;
    }
}
