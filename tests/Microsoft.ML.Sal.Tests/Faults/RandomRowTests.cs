using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Faults;

/// <summary>Random rows give either a model whose scores are probabilities or an error that names the column.</summary>
[TestClass]
public class RandomRowTests
{
    private static readonly float[] Values =
        [0, 1, -1, 0.5f, 3, 1e38f, -1e38f, float.MaxValue, float.Epsilon, 1e-40f, float.NaN, float.PositiveInfinity,
            float.NegativeInfinity];

    [TestMethod]
    public void Random_rows_either_train_or_are_refused_with_the_cause()
    {
        var mlContext = new MLContext(seed: 1);
        int trained = 0, refused = 0;
        for (int seed = 0; seed < FaultCount.Of(usual: 150, share: 0.02); seed++)
        {
            var random = new Random(seed);
            int range = random.Next(2) == 0 ? 5 : Values.Length;
            List<LabeledRow<string>> rows =
            [
                .. Enumerable.Range(0, random.Next(30)).Select(_ => new LabeledRow<string>
                {
                    Features = [.. Enumerable.Range(0, Blobs.FeatureCount).Select(_ => Values[random.Next(range)])],
                    Label = Blobs.Name(random.Next(random.Next(4) == 0 ? 1 : 3)),
                    Weight = random.Next(3) == 0 ? Values[random.Next(Values.Length)] : 1,
                }),
            ];
            SalMulticlassTrainer trainer = mlContext.SmallSal(options =>
            {
                options.ExampleWeightColumnName = "Weight";
                options.UnbalancedSets = random.Next(2) == 0;
                options.ValidationFraction = random.Next(2) * 0.2;
            });
            try
            {
                IDataView data = Blobs.View(mlContext, rows);
                IDataView scored = trainer.Fit(data).Transform(data);
                foreach (Prediction prediction in mlContext.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false))
                {
                    Assert.AreEqual(1f, prediction.Score.Sum(), 1e-4f, $"seed {seed}");
                    Assert.IsTrue(prediction.Score.All(float.IsFinite), $"seed {seed}");
                }

                trained++;
            }
            catch (InvalidOperationException exception)
            {
                refused++;
                string[] causes = ["'Label'", "'Features'", "'Weight'", "no rows", "all weigh 0", "ValidationFraction"];
                Assert.IsTrue(causes.Any(exception.Message.Contains), $"seed {seed}: {exception.Message}");
            }
        }

        Assert.IsGreaterThan(0, refused);
        Assert.IsGreaterThan(refused, trained);
    }
}
