using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;
using Sal.Core.Training.Step;

namespace Sal.Core.Tests.Training;

/// <summary>Training and scoring with sparse features.</summary>
[TestClass]
public class SparseTrainingTests
{
    private const int Features = 2_000, Classes = 4;

    [TestMethod]
    public void Dense_and_sparse_rows_of_the_same_values_give_the_same_model_and_scores()
    {
        TrainingSet sparse = Build(600, addSparse: true), dense = Build(600, addSparse: false);
        Assert.IsTrue(sparse.IsSparse && dense.IsSparse, "the storage depends on the values, not on how they were added");
        SalModel model = Train(sparse, _ => { });
        CollectionAssert.AreEqual(Save(model), Save(Train(dense, _ => { })));

        SalModel loaded = SalModel.Load(new MemoryStream(Save(model)));
        var expected = new float[Classes];
        var actual = new float[Classes];
        for (int row = 0; row < 100; row++)
        {
            (int[] indices, float[] values, float[] features, _) = Row(row + 10_000);
            model.Predict(features, expected);
            model.Predict(indices, values, actual);
            CollectionAssert.AreEqual(expected, actual);
            loaded.Predict(indices, values, actual);
            CollectionAssert.AreEqual(expected, actual);
            Assert.AreEqual(model.GetArea(features), model.GetArea(indices, values));
        }
    }

    [TestMethod]
    public void Plain_gradient_descent_gives_the_same_model_as_dense_storage()
    {
        // Without moments, features that are absent from a mini-batch do not change, whatever the storage.
        static void Descent(SalTrainingOptions o) => (o.Optimizer, o.LearningRate, o.InputScaling, o.NumberOfAreas, o.NumberOfEpochs) =
            (OptimizerKind.Sgd, 0.05, InputScaling.None, 3, 4);
        TrainingSet sparse = Build(300, addSparse: true);
        TrainingSet dense = DenseCopy(sparse);
        SalModel first = Train(sparse, Descent), second = Train(dense, Descent);
        Assert.AreEqual(3, first.NumberOfAreas);
        var expected = new float[Classes];
        var actual = new float[Classes];
        for (int row = 0; row < 100; row++)
        {
            (int[] indices, float[] values, float[] features, _) = Row(row);
            second.Predict(features, expected);
            first.Predict(indices, values, actual);
            for (int i = 0; i < Classes; i++)
            {
                Assert.AreEqual(expected[i], actual[i], 1e-6f);
            }

            second.Predict(indices, values, actual);
            CollectionAssert.AreEqual(expected, actual, "sparse rows scored by a model trained on dense ones");
        }
    }

    [TestMethod]
    public void The_model_is_the_same_on_any_number_of_threads_and_learns()
    {
        TrainingSet rows = Build(800, addSparse: true);
        SalModel one = Train(rows, o => (o.NumberOfThreads, o.NumberOfAreas) = (1, 2)),
            three = Train(rows, o => (o.NumberOfThreads, o.NumberOfAreas) = (3, 2));
        CollectionAssert.AreEqual(Save(one), Save(three));
        SalModel automatic = Train(rows, o => o.NumberOfEpochs = 10);
        Assert.AreEqual(1, automatic.NumberOfAreas);
        var probabilities = new float[Classes];
        int correct = Enumerable.Range(5_000, 400).Count(row =>
        {
            (int[] indices, float[] values, _, int label) = Row(row);
            automatic.Predict(indices, values, probabilities);
            return RowLoss.IsCorrect(probabilities, label);
        });
        Assert.IsGreaterThan(380, correct);
    }

    [TestMethod]
    public void Memory_grows_with_the_number_of_nonzero_values()
    {
        const int Wide = 1 << 20;
        var builder = new TrainingSetBuilder(Wide, 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < 5_000; row++)
        {
            builder.TryAdd([row, row + 100, Wide - 1], [1, 2, 3], row % 2);
        }

        TrainingSet set = builder.Build();
        Assert.IsTrue(set.IsSparse);
        Assert.IsLessThan(8L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Rows_with_mostly_nonzero_features_are_stored_dense()
    {
        var builder = new TrainingSetBuilder(600, 2);
        for (int row = 0; row < 1_100; row++)
        {
            builder.TryAdd([.. Enumerable.Range(0, 600).Select(i => (float)(i + row + 1))], row % 2);
        }

        TrainingSet set = builder.Build();
        Assert.IsFalse(set.IsSparse);
        Assert.AreEqual(1_099f + 600, set.Features(1_099).Values[599]);
        Assert.AreEqual(1f, set.Features(0).Values[0]);
    }

    [TestMethod]
    public void Rows_with_invalid_indices_are_refused()
    {
        var builder = new TrainingSetBuilder(10, 2);
        Assert.ThrowsExactly<ArgumentException>(() => builder.TryAdd([1, 1], [1f, 2f], 0));
        Assert.ThrowsExactly<ArgumentException>(() => builder.TryAdd([1, 10], [1f, 2f], 0));
        Assert.ThrowsExactly<ArgumentException>(() => builder.TryAdd([-1], [1f], 0));
        Assert.ThrowsExactly<ArgumentException>(() => builder.TryAdd([1], [1f, 2f], 0));
    }

    // Each class has words of its own, among words that all classes share.
    private static (int[] Indices, float[] Values, float[] Features, int Label) Row(int row)
    {
        var random = new Random(row);
        int label = random.Next(Classes);
        var words = new SortedSet<int>();
        for (int i = 0; i < 8; i++)
        {
            words.Add(random.Next(Features / 2));
            words.Add(Features / 2 + label * 200 + random.Next(200));
        }

        var features = new float[Features];
        foreach (int word in words)
        {
            features[word] = 1 + random.Next(3);
        }

        return ([.. words], [.. words.Select(word => features[word])], features, label);
    }

    private static TrainingSet Build(int rows, bool addSparse)
    {
        var builder = new TrainingSetBuilder(Features, Classes);
        for (int row = 0; row < rows; row++)
        {
            (int[] indices, float[] values, float[] features, int label) = Row(row);
            Assert.IsTrue(addSparse ? builder.TryAdd(indices, values, label) : builder.TryAdd(features, label));
        }

        return builder.Build();
    }

    private static TrainingSet DenseCopy(TrainingSet sparse)
    {
        var store = new DenseRowStore(Features, new RowMemory(long.MaxValue));
        for (int row = 0; row < sparse.RowCount; row++)
        {
            store.Add(sparse.Features(row));
        }

        return new TrainingSet(Classes, store, [.. Enumerable.Range(0, sparse.RowCount).Select(sparse.Label)], null);
    }

    private static SalModel Train(TrainingSet rows, Action<SalTrainingOptions> set)
    {
        var options = new SalTrainingOptions { HiddenUnits = 40, NumberOfLayers = 2, NumberOfEpochs = 3, DropoutRate = 0 };
        set(options);
        return new SalTrainer(options).Train(rows).Model;
    }

    private static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
