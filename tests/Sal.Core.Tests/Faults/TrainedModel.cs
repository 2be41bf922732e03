using Sal.Core.Model;

namespace Sal.Core.Tests.Faults;

/// <summary>What must hold for every trained model.</summary>
internal static class TrainedModel
{
    /// <summary>Asserts that rows of any kind get probabilities and that the model can be saved and loaded.</summary>
    public static void AssertSound(SalModel model)
    {
        foreach (float value in (float[])[0, 1, -3.5f, 1e38f, float.Epsilon, float.NaN, float.PositiveInfinity])
        {
            var features = new float[model.FeatureCount];
            Array.Fill(features, value);
            var probabilities = new float[model.ClassCount];
            model.Predict(features, probabilities);
            Assert.IsTrue(probabilities.All(float.IsFinite), $"features {value}");
            Assert.AreEqual(1, probabilities.Sum(), 1e-4, $"features {value}");
        }

        byte[] saved = Save(model);
        CollectionAssert.AreEqual(saved, Save(SalModel.Load(new MemoryStream(saved))));
    }

    public static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
