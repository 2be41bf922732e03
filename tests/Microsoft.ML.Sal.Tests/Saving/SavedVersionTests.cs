using System.Globalization;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Saving;

/// <summary>
/// Pipeline zips saved by earlier versions stay readable. In version 1, the history had no checksum and there were no class names beside
/// the model; in version 2, there was no training information; up to version 3, the transformer was ML.NET's. If the environment variable SAL_FIXTURES names a folder, a zip of the
/// current version is written there.
/// </summary>
[TestClass]
public class SavedVersionTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void A_pipeline_of_each_version_scores_as_when_it_was_saved(int version)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(Path.Combine(Folder, $"pipeline-{version}.zip"), out _);

        string[] expected = File.ReadAllLines(Path.Combine(Folder, $"pipeline-{version}.txt")), actual = Score(mlContext, model);
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
        {
            string[] expectedParts = expected[row].Split(' '), actualParts = actual[row].Split(' ');
            Assert.AreEqual(expectedParts[0], actualParts[0]);
            for (int i = 1; i < expectedParts.Length; i++)
            {
                Assert.AreEqual(Number(expectedParts[i]), Number(actualParts[i]), 1e-6f, $"row {row}");
            }
        }

        Assert.HasCount(8, Sal(model).Model.History.Epochs);
    }

    [TestMethod]
    public void A_fixture_is_written_to_the_requested_folder()
    {
        if (Environment.GetEnvironmentVariable("SAL_FIXTURES") is not { Length: > 0 } folder)
        {
            Assert.IsNotEmpty(Directory.GetFiles(Folder, "pipeline-*.zip"));
            return;
        }

        var mlContext = new MLContext(seed: 3);
        IDataView data = mlContext.Data.LoadFromEnumerable(Blobs.Rows());
        ITransformer model = mlContext.Transforms.NormalizeMinMax("Features")
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.SmallSal())
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        mlContext.Model.Save(model, data.Schema, Path.Combine(folder, "pipeline.zip"));
        File.WriteAllLines(Path.Combine(folder, "pipeline.txt"), Score(mlContext, model));
    }

    // One line per row: the predicted label and the scores.
    private static string[] Score(MLContext mlContext, ITransformer model)
    {
        IDataView scored = model.Transform(mlContext.Data.LoadFromEnumerable(Blobs.Rows(12, seed: 9)));
        return
        [
            .. mlContext.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false).Select(row =>
                $"{row.PredictedLabel} {string.Join(' ', row.Score.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}"),
        ];
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    internal static ISingleFeaturePredictionTransformer<SalMulticlassModelParameters> Sal(ITransformer chain) =>
        ((IEnumerable<ITransformer>)chain).OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single();

    private sealed class Scored
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
