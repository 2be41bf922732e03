using Sal.Core.Model;

namespace Sal.Core.Tests.Files;

/// <summary>Files of every format version stay readable.</summary>
[TestClass]
public class ModelFixtureTests
{
    private const int CurrentVersion = 2;

    private static IEnumerable<object[]> All =>
        Enumerable.Range(1, CurrentVersion)
            .SelectMany(version => ModelFixtures.KindsOf(version).Select(kind => new object[] { version, kind }));

    [TestMethod]
    [DynamicData(nameof(All))]
    public void A_file_of_each_version_scores_as_when_it_was_written(int version, string kind)
    {
        SalModel model = SalModel.Load(new MemoryStream(ModelFixtures.Bytes(version, kind)));

        (int features, int classes, Core.Training.SalTrainingOptions options) = ModelFixtures.Kinds[kind];
        Assert.AreEqual((features, classes), (model.FeatureCount, model.ClassCount));
        Assert.AreEqual(
            (options.NumberOfAreas, options.HiddenUnits, options.NumberOfLayers),
            ((int?)model.NumberOfAreas, model.HiddenUnits, model.NumberOfLayers));
        Assert.AreEqual(
            (options.Residual, options.Activation, options.RoutedLayers), (model.Residual, model.Activation, model.RoutedLayers));
        float[][] expected = ModelFixtures.Expected(version, kind);
        Assert.HasCount(ModelFixtures.RowCount, expected);
        for (int row = 0; row < expected.Length; row++)
        {
            float[] actual = ModelFixtures.Predict(model, row);
            for (int label = 0; label < classes; label++)
            {
                Assert.AreEqual(expected[row][label], actual[label], 1e-6f, $"row {row}, class {label}");
            }
        }

        Assert.IsGreaterThan(1, expected.Select(probabilities => Array.IndexOf(probabilities, probabilities.Max())).Distinct().Count());
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void A_file_of_the_current_version_is_saved_unchanged(int version, string kind)
    {
        byte[] bytes = ModelFixtures.Bytes(version, kind);
        using var saved = new MemoryStream();
        SalModel.Load(new MemoryStream(bytes)).Save(saved);
        Assert.AreEqual(version == CurrentVersion, bytes.AsSpan().SequenceEqual(saved.ToArray()));
        Assert.AreEqual(CurrentVersion, saved.ToArray()[8], "Every version that was ever written needs fixtures.");
    }

    [TestMethod]
    public void Fixtures_are_written_to_the_requested_folder()
    {
        if (Environment.GetEnvironmentVariable("SAL_FIXTURES") is not { Length: > 0 } folder)
        {
            Assert.IsTrue(ModelFixtures.Kinds.Keys.All(kind => ModelFixtures.Exists(CurrentVersion, kind)));
            return;
        }

        foreach (string kind in ModelFixtures.Kinds.Keys)
        {
            ModelFixtures.Write(folder, CurrentVersion, kind);
        }
    }
}
