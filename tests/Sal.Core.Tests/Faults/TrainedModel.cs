using Sal.Core.Data;
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

            AssertExplained(model, features);
        }

        byte[] saved = Save(model);
        CollectionAssert.AreEqual(saved, Save(SalModel.Load(new MemoryStream(saved))));
    }

    // Without a bound on the inputs, a feature of 1e38 may exceed the range of Single.
    private static void AssertExplained(SalModel model, float[] features)
    {
        var contributions = new float[model.FeatureCount];
        SalExplanation explanation = model.Explain(new FeatureVector(features), contributions);
        if (contributions.All(float.IsFinite) && float.IsFinite(explanation.LogOdds))
        {
            double change = (double)explanation.LogOdds - explanation.BaselineLogOdds;
            double tolerance = 1e-3 * Math.Max(1, contributions.Sum(x => Math.Abs((double)x)));
            Assert.AreEqual(change, contributions.Sum(x => (double)x), tolerance, $"features {features[0]}");
            return;
        }

        Assert.IsTrue(
            model.GetInputEncoding().Any(input => input.High > 1e6f) && !(Math.Abs(features[0]) < 1e6f), $"features {features[0]}");
    }

    public static byte[] Save(SalModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
