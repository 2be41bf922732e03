using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;

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
    public void Two_classes_never_have_one_name()
    {
        var noon = new DateTime(2020, 1, 1, 12, 0, 0);
        CheckDistinct(noon.Date, noon.Date.AddTicks(1), noon, noon.AddTicks(1), new DateTime(noon.Ticks + 2, DateTimeKind.Utc));
        CheckDistinct(
            new DateTimeOffset(noon, TimeSpan.Zero),
            new DateTimeOffset(noon, TimeSpan.FromHours(1)),
            new DateTimeOffset(noon.AddTicks(1), TimeSpan.FromHours(1)));
        CheckDistinct(TimeSpan.FromTicks(1), TimeSpan.FromTicks(2), TimeSpan.FromDays(400), TimeSpan.FromTicks(-1));
        CheckDistinct(0.1f, MathF.BitIncrement(0.1f), 1e30f, MathF.BitIncrement(1e30f), -0.1f, float.Epsilon);
        CheckDistinct(0.1, Math.BitIncrement(0.1), 0.1f, 1e300, Math.BitIncrement(1e300));
        CheckDistinct(long.MinValue, long.MinValue + 1, long.MaxValue);
        CheckDistinct(ulong.MaxValue, ulong.MaxValue - 1);
        CheckDistinct(LookalikeNames.All);
        CollectionAssert.AreEqual(LookalikeNames.All, Names(LookalikeNames.All), "Texts are their own names.");
    }

    [TestMethod]
    public void A_loaded_pipeline_continues_from_its_own_model_whatever_the_type_of_the_label()
    {
        var noon = new DateTime(2020, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        Continue(noon, noon.AddTicks(1), noon.Date);
        Continue(noon.ToLocalTime(), noon.ToLocalTime().AddTicks(1), noon.ToLocalTime().AddDays(1));
        Continue(new DateTimeOffset(noon), new DateTimeOffset(noon.AddTicks(1)), new DateTimeOffset(noon.AddHours(1)));
        Continue(0.1f, MathF.BitIncrement(0.1f), 1e30f);
        Continue(LookalikeNames.All);

        void Continue<TLabel>(params TLabel[] labels)
        {
            IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(labels));
            ITransformer pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label").Append(_mlContext.SmallSal()).Fit(data);
            ITransformer[] loaded = [.. (IEnumerable<ITransformer>)SaveAndLoad(pipeline, data.Schema)];
            SalMulticlassPredictionTransformer continued =
                _mlContext.SmallSal().Fit(loaded[0].Transform(data), Sal(loaded[1]));
            CollectionAssert.AreEqual(Sal(loaded[1]).ClassNames!.ToArray(), continued.Model.ClassNames!.ToArray());
        }
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
        SalMulticlassPredictionTransformer trained = _mlContext.SmallSal().Fit(data);

        CollectionAssert.AreEqual(expected, trained.Model.ClassNames!.ToArray());
        CollectionAssert.AreEqual(expected, Sal(SaveAndLoad(trained, data.Schema)).ClassNames!.ToArray());
        VBuffer<ReadOnlyMemory<char>> slots = default;
        trained.Transform(data).Schema["Score"].GetSlotNames(ref slots);
        CollectionAssert.AreEqual(expected, slots.DenseValues().Select(slot => slot.ToString()).ToArray());
    }

    private void CheckDistinct<TLabel>(params TLabel[] labels)
    {
        string[] names = Names(labels);
        Assert.HasCount(labels.Length, names);
        CollectionAssert.AllItemsAreUnique(names);
    }

    // The names that the model, the score's slots, the saved model and the engine alone have.
    private string[] Names<TLabel>(params TLabel[] labels)
    {
        IDataView data = Blobs.View(_mlContext, Rows(labels));
        SalMulticlassPredictionTransformer trained =
            _mlContext.SmallSal(options => options.NumberOfEpochs = 1).Fit(data);
        string[] names = [.. trained.Model.ClassNames!];
        VBuffer<ReadOnlyMemory<char>> slots = default;
        trained.Transform(data).Schema["Score"].GetSlotNames(ref slots);
        CollectionAssert.AreEqual(names, slots.DenseValues().Select(slot => slot.ToString()).ToArray());
        using var stream = new MemoryStream();
        _mlContext.Model.Save(trained, data.Schema, stream);
        stream.Position = 0;
        CollectionAssert.AreEqual(names, Sal(_mlContext.Model.Load(stream, out _)).ClassNames!.ToArray());
        stream.Position = 0;
        SalModel.LoadFromZip(stream, out IReadOnlyList<string>? ofTheEngine);
        CollectionAssert.AreEqual(names, ofTheEngine!.ToArray());
        return names;
    }

    private static LabeledRow<TLabel>[] Rows<TLabel>(TLabel[] labels) =>
    [
        .. Enumerable.Range(0, 5 * labels.Length).Select(i => new LabeledRow<TLabel>
        {
            Features = [i % labels.Length, -(i % labels.Length), i % 4],
            Label = labels[i % labels.Length],
        }),
    ];

    private ITransformer SaveAndLoad(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _mlContext.Model.Save(model, schema, stream);
        stream.Position = 0;
        return _mlContext.Model.Load(stream, out _);
    }

    private static SalMulticlassModelParameters Sal(ITransformer model) => (model is IEnumerable<ITransformer> chain ? chain : [model])
        .OfType<ISingleFeaturePredictionTransformer<SalMulticlassModelParameters>>().Single().Model;
}
