using Sal.Core.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Data;

/// <summary>Training sets that exceed the memory budget.</summary>
[TestClass]
public class RowMemoryTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Rows_in_files_train_the_same_model_as_rows_in_memory(bool isSparse)
    {
        const int Budget = 1 << 19;
        using TrainingSet inMemory = Build(isSparse, null), inFiles = Build(isSparse, Budget);
        Assert.AreEqual(0, inMemory.BytesInFiles);
        Assert.IsGreaterThan(0, inFiles.BytesInFiles);
        Assert.AreEqual(isSparse, inFiles.IsSparse);
        CollectionAssert.AreEqual(Train(inMemory), Train(inFiles));
    }

    [TestMethod]
    public void Temporary_files_are_deleted_with_the_set()
    {
        TrainingSet set = Build(false, 0);
        set.Dispose();
        set.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => set.Features(0).Values.ToArray());
        Assert.IsEmpty(Directory.GetFiles(Path.GetTempPath(), "sal-rows-*"));
    }

    private static TrainingSet Build(bool isSparse, long? budget)
    {
        const int Features = 900, Rows = 1_500;
        var random = new Random(1);
        var builder = new TrainingSetBuilder(Features, 3, budget);
        var features = new float[Features];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < Features; i++)
            {
                features[i] = !isSparse || random.Next(12) == 0 ? random.NextSingle() + (i % 3 == row % 3 ? 1 : 0) : 0;
            }

            builder.TryAdd(features, row % 3);
        }

        return builder.Build();
    }

    private static byte[] Train(TrainingSet rows)
    {
        using var stream = new MemoryStream();
        new SalTrainer(new SalTrainingOptions { HiddenUnits = 16, NumberOfEpochs = 2, NumberOfAreas = 2 }).Train(rows).Model.Save(stream);
        return stream.ToArray();
    }
}
