using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Scoring;

/// <summary>The model names its classes in the order of its scores, whatever the type of the label.</summary>
[TestClass]
public class ClassNamesTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Names_are_those_of_the_scores_and_survive_saving()
    {
        Check(Blobs.Name, "red", "green", "blue");
        Check(i => 10 - i, "10", "9", "8");
        Check(i => i - 0.5f, "-0.5", "0.5", "1.5");
        Check(i => new DateTime(2020, 1 + i, 1), "2020-01-01", "2020-02-01", "2020-03-01");
    }

    [TestMethod]
    public void Keys_without_values_give_no_names() =>
        Assert.IsNull(_mlContext.SmallSal().Fit(Blobs.UnnamedView(_mlContext)).Model.ClassNames);

    [TestMethod]
    public void A_pipeline_that_the_first_version_saved_has_the_names_of_its_label()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Fixtures", "pipeline-1.zip");
        ITransformer pipeline = _mlContext.Model.Load(path, out DataViewSchema schema);

        CollectionAssert.AreEqual(new[] { "red", "green", "blue" }, Sal(pipeline).ClassNames!.ToArray());
        CollectionAssert.AreEqual(new[] { "red", "green", "blue" }, Sal(SaveAndLoad(pipeline, schema)).ClassNames!.ToArray());
    }

    private void Check<TLabel>(Func<int, TLabel> label, params string[] expected)
    {
        IDataView data = Blobs.View(_mlContext, Blobs.Rows(30, label));
        MulticlassPredictionTransformer<SalMulticlassModelParameters> trained = _mlContext.SmallSal().Fit(data);

        CollectionAssert.AreEqual(expected, trained.Model.ClassNames!.ToArray());
        CollectionAssert.AreEqual(expected, Sal(SaveAndLoad(trained, data.Schema)).ClassNames!.ToArray());
        VBuffer<ReadOnlyMemory<char>> slots = default;
        trained.Transform(data).Schema["Score"].GetSlotNames(ref slots);
        CollectionAssert.AreEqual(expected, slots.DenseValues().Select(slot => slot.ToString()).ToArray());
    }

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, schema, stream);
        stream.Position = 0;
        return _mlContext.Model.Load(stream, out _);
    }

    private static SalMulticlassModelParameters Sal(ITransformer model) => (model is IEnumerable<ITransformer> chain ? chain : [model])
        .OfType<MulticlassPredictionTransformer<SalMulticlassModelParameters>>().Single().Model;
}
