using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>
/// Each way of misusing the trainer through ML.NET is refused with the column and the row or the classes, and with no parameter of the
/// engine, which the caller never saw.
/// </summary>
[TestClass]
public class RefusalTests
{
    private static readonly MLContext _mlContext = new(seed: 1);
    private static readonly IDataView _data = Blobs.View(_mlContext);
    private static readonly SalMulticlassModelParameters _model = _mlContext.SmallSal().Fit(_data).Model;

    public static IEnumerable<(string, Action, string? Parameter, string Expected)> Refusals =>
    [
        ("too few features in a row to learn from", () => _mlContext.SmallSal().Fit(Lengths(3, 2)), null,
            "The row at position 1 (from 0) of the column 'Features' has 2 features instead of 3."),
        ("indices that do not ascend", () => _mlContext.SmallSal().Fit(Sparse(2, 1)), null,
            "The row at position 0 (from 0) of the column 'Features' has a sparse vector whose indices are 2, 1: they must ascend and be "
            + "below its length, 3."),
        ("too few features in a row to score", () => Read(_mlContext.SmallSal().Fit(_data).Transform(Lengths(3, 3, 4))), null,
            "The row at position 2 (from 0) of the column 'Features' has 4 features instead of 3."),
        ("too few features in a row of areas", () => _model.GetAreas(Lengths(3, 3, 2)), null,
            "The row at position 2 (from 0) of the column 'Features' has 2 features instead of 3."),
        ("too few features in a row of profiles", () => _model.GetAreaProfiles(Lengths(3, 3, 2)), null,
            "The row at position 2 (from 0) of the column 'Features' has 2 features instead of 3."),
        ("too few features in one row", () => _model.GetArea(new VBuffer<float>(2, [1f, 2f])), null,
            "The row has 2 features instead of 3."),
        ("another number of features to continue with", () => _mlContext.SmallSal().Fit(Wide(), _model), null,
            "The model cannot be trained further here. The feature column 'Features' is Vector<Single, 4>, but the model was trained on a "
            + "vector of 3 Single values. Use the same transforms as in training."),
        ("another number of features to validate on", () => _mlContext.SmallSal().Fit(_data, Wide()), null,
            "The feature column 'Features' of the validation set is Vector<Single, 4>, but that of the training set is Vector<Single, 3>. "
            + "Apply the same transforms to both."),
        ("another number of features to score", () => _mlContext.SmallSal().Fit(_data).Transform(Wide()), null,
            "The feature column 'Features' is Vector<Single, 4>, but the model was trained on a vector of 3 Single values. Use the same "
            + "transforms as in training."),
        ("another number of classes to continue with",
            () => _mlContext.SmallSal().Fit(Blobs.View(_mlContext, Blobs.Rows(), ["red", "green", "blue", "white"]), _model), null,
            "The classes of the label column 'Label' are 'red', 'green', 'blue', 'white', but those of the model to continue from are "
            + "'red', 'green', 'blue'. They must be the same, in whatever order. Map the labels of both with the same key values, or "
            + "train a new model."),
        ("another number of unnamed classes to validate on", () => _mlContext.SmallSal().Fit(Unnamed(3), Unnamed(4)), null,
            "The classes of the label column 'Label' of the validation set are 4 without names, but those of the training set are 3 "
            + "without names. They must be the same, in whatever order. Map the labels of both with the same key values, or train a new "
            + "model."),
        ("no rows to validate on", () => _mlContext.SmallSal().Fit(_data, _mlContext.Data.SkipRows(_data, 90)), null,
            "The validation data has no rows: the file is empty or holds a header only, the collection is empty, or a filter, a split or a "
            + "fold before the trainer leaves none."),
        ("too many classes", () => _mlContext.SmallSal().Fit(Unnamed(int.MaxValue)), null,
            "The label column 'Label' has 2147483647 classes; at most "),
        ("another layout", () => _mlContext.SmallSal(options => options.HiddenUnits = 17).Fit(_data, _model), null,
            "The start model cannot be trained further here: hidden units: 16 in the model, but HiddenUnits is 17. Use the data and "
            + "options it was trained with, or train a new model."),
        ("an option of its own", () => _mlContext.SmallSal(options => options.HiddenUnits = 0), "HiddenUnits",
            "HiddenUnits is 0, but must be from 1 to 65,536. Set HiddenUnits to a value in that range."),
        ("a parameter of its own", () => _model.GetAreas(_data, "Pixels"), "featureColumnName",
            "There is no feature column 'Pixels'. The data has 'Features', "),
    ];

    [TestMethod]
    [DynamicData(nameof(Refusals))]
    public void A_refusal_names_the_place_and_no_parameter_of_the_engine(string what, Action action, string? parameter, string expected) =>
        Assert.StartsWith(expected, Refusal.Message(action, parameter), what);

    private static IDataView Lengths(params int[] lengths) => View(lengths.Select(length => new VBuffer<float>(length, new float[length])));

    private static IDataView Sparse(params int[] indices) =>
        View([new VBuffer<float>(Blobs.FeatureCount, indices.Length, new float[indices.Length], indices)]);

    // Vectors as a custom loader might produce them: ML.NET does not check what they hold.
    private static IDataView View(IEnumerable<VBuffer<float>> rows)
    {
        var schema = SchemaDefinition.Create(typeof(VectorRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Blobs.FeatureCount);
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), Blobs.ClassCount);
        return _mlContext.Data.LoadFromEnumerable(rows.Select(features => new VectorRow { Features = features }), schema);
    }

    private static IDataView Wide() => _mlContext.Transforms.Concatenate("Features", "Features", "Weight").Fit(_data).Transform(_data);

    private static IDataView Unnamed(int classCount)
    {
        var schema = SchemaDefinition.Create(typeof(UnnamedRow));
        schema["Label"].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        return _mlContext.Data.LoadFromEnumerable(
            Blobs.Rows(90, i => (uint)i).Select(row => new UnnamedRow { Features = row.Features, Label = row.Label }), schema);
    }

    private static void Read(IDataView scored) => _ = scored.GetColumn<float[]>("Score").Count();

    private sealed class VectorRow
    {
        public VBuffer<float> Features { get; set; }

        public uint Label { get; set; }
    }
}
