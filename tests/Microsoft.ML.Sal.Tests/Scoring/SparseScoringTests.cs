using Microsoft.ML.Data;
using Microsoft.ML.Sal.Tests.Estimator;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>
/// Sparse vectors score like the dense vectors they represent, whether training stored its rows dense (few features) or sparse
/// (many).
/// </summary>
[TestClass]
public class SparseScoringTests
{
    private const int Few = 40;
    private const int Many = 1_200;
    private const int ClassCount = 4;

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow(Few, false)]
    [DataRow(Few, true)]
    [DataRow(Many, false)]
    [DataRow(Many, true)]
    public void Sparse_rows_score_bit_for_bit_like_dense_ones(int featureCount, bool trainOnSparse)
    {
        IDataView dense = View(featureCount, isSparse: false), sparse = View(featureCount, isSparse: true);
        SalMulticlassPredictionTransformer model =
            _mlContext.SmallSal(options => options.NumberOfAreas = 4).Fit(trainOnSparse ? sparse : dense);

        CollectionAssert.AreEqual(Scores(model, dense), Scores(model, sparse));
        ITransformer loaded = EstimatorCheck.SaveAndLoad(_mlContext, model, dense.Schema);
        CollectionAssert.AreEqual(Scores(model, dense), Scores(loaded, sparse));
        Assert.IsGreaterThan(0.9, _mlContext.MulticlassClassification.Evaluate(model.Transform(sparse)).MicroAccuracy);
    }

    [TestMethod]
    [DataRow(Few)]
    [DataRow(Many)]
    public void Sparse_rows_have_the_same_areas_as_dense_ones(int featureCount)
    {
        IDataView dense = View(featureCount, isSparse: false), sparse = View(featureCount, isSparse: true);
        SalMulticlassModelParameters model = _mlContext.SmallSal(options => options.NumberOfAreas = 4).Fit(dense).Model;

        int[] areas = [.. model.GetAreas(dense)];
        CollectionAssert.AreEqual(areas, model.GetAreas(sparse).ToArray());
        CollectionAssert.AreEqual(areas, sparse.GetColumn<VBuffer<float>>("Features").Select(row => model.GetArea(in row)).ToArray());
    }

    [TestMethod]
    [DataRow(Few)]
    [DataRow(Many)]
    public void The_estimator_checks_hold_for_sparse_vectors(int featureCount) =>
        EstimatorCheck.Run(_mlContext, _mlContext.SmallSal(), View(featureCount, isSparse: true));

    // A row has values in some slots of its class and in no others; the eighth row has no values at all.
    private IDataView View(int featureCount, bool isSparse)
    {
        var random = new Random(5);
        var schema = SchemaDefinition.Create(typeof(VectorRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        return _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(Row).ToArray(), schema);

        VectorRow Row(int row)
        {
            int[] slots = [.. Enumerable.Range(0, featureCount)
                .Where(slot => slot % ClassCount == row % ClassCount && random.Next(3) == 0 && row != 7)];
            float[] values = [.. slots.Select(_ => 1 + random.NextSingle())];
            var features = new VBuffer<float>(featureCount, slots.Length, values, slots);
            return new VectorRow
            {
                Features = isSparse ? features : new VBuffer<float>(featureCount, [.. features.DenseValues()]),
                Label = (uint)(row % ClassCount),
            };
        }
    }

    // As bits, because 0 and -0 must differ.
    private static uint[] Scores(ITransformer model, IDataView rows) =>
        [.. model.Transform(rows).GetColumn<VBuffer<float>>("Score").SelectMany(score => score.DenseValues())
            .Select(BitConverter.SingleToUInt32Bits)];

    private sealed class VectorRow
    {
        public VBuffer<float> Features;

        [KeyType(ClassCount)]
        public uint Label;
    }
}
