using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Scoring;

[TestClass]
public class AreaProfileTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Profiles_contain_the_rows_classes_and_centroid_of_each_area()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows(60);
        IDataView data = Blobs.View(_mlContext, rows);
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(data).Model;

        IReadOnlyList<SalAreaProfile> profiles = model.GetAreaProfiles(data);

        IReadOnlyList<int> areas = model.GetAreas(data);
        Assert.HasCount(2, profiles);
        foreach (SalAreaProfile profile in profiles)
        {
            LabeledRow<string>[] own = [.. rows.Where((_, i) => areas[i] == profile.Area)];
            Assert.AreEqual(own.Length, profile.RowCount);
            CollectionAssert.AreEqual(new[] { "red", "green", "blue" }, profile.ClassMix.Select(share => share.ClassName).ToArray());
            foreach (SalClassShare share in profile.ClassMix)
            {
                int count = own.Count(row => row.Label == share.ClassName);
                Assert.AreEqual(count, share.RowCount);
                Assert.AreEqual((double)count / own.Length, share.Share, 1e-12);
            }

            Assert.HasCount(Blobs.FeatureCount, profile.Centroid);
            for (int i = 0; i < Blobs.FeatureCount; i++)
            {
                Assert.AreEqual(own.Average(row => row.Features[i]), profile.Centroid[i], 1e-5f);
            }
        }
    }

    [TestMethod]
    public void Without_a_label_there_is_no_class_mix()
    {
        IDataView data = Blobs.View(_mlContext, 60);
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(data).Model;

        Assert.IsTrue(
            model.GetAreaProfiles(data, labelColumnName: null).All(profile => profile.ClassMix.Count == 0 && profile.Centroid.Count == 3));
    }

    [TestMethod]
    public void Centroids_leave_out_missing_values()
    {
        IDataView data = Blobs.View(_mlContext, 60);
        SalMulticlassModelParameters model = _mlContext.SmallSal(options => options.NumberOfAreas = 1).Fit(data).Model;
        List<LabeledRow<string>> rows =
        [
            new() { Features = [1, float.NaN, 5], Label = "red" },
            new() { Features = [3, float.NaN, float.PositiveInfinity], Label = "blue" },
        ];

        IReadOnlyList<float> centroid = model.GetAreaProfiles(Blobs.View(_mlContext, rows))[0].Centroid;

        CollectionAssert.AreEqual(new[] { 2, float.NaN, 5 }, centroid.ToArray());
    }

    [TestMethod]
    public void Sparse_rows_have_the_same_centroids_as_dense_ones()
    {
        IDataView text = _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, 80).Select(i => new NamedRow { Name = $"{i * i % 5}", Label = i % 2 == 0 ? "even" : "odd" }));
        IDataView data = _mlContext.Transforms.Conversion.MapValueToKey("Label")
            .Append(_mlContext.Transforms.Categorical.OneHotEncoding("Features", "Name")).Fit(text).Transform(text);
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(data).Model;

        IReadOnlyList<SalAreaProfile> profiles = model.GetAreaProfiles(data);

        IReadOnlyList<int> areas = model.GetAreas(data);
        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        foreach (SalAreaProfile profile in profiles.Where(profile => profile.RowCount > 0))
        {
            float[][] own = [.. rows.Where((_, i) => areas[i] == profile.Area)];
            Assert.AreEqual(own.Length, profile.RowCount);
            float[] means = [.. Enumerable.Range(0, rows[0].Length).Select(i => (float)own.Average(row => (double)row[i]))];
            CollectionAssert.AreEqual(means, profile.Centroid.ToArray());
        }
    }

    [TestMethod]
    public void Areas_without_rows_are_profiled_too()
    {
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, 60)).Model;

        IReadOnlyList<SalAreaProfile> profiles = model.GetAreaProfiles(Blobs.View(_mlContext, Blobs.Rows(60).Take(1)));

        SalAreaProfile empty = profiles.Single(profile => profile.RowCount == 0);
        Assert.IsTrue(empty.ClassMix.All(share => share is { RowCount: 0, Share: 0 }));
        Assert.IsTrue(empty.Centroid.All(float.IsNaN));
    }

    [TestMethod]
    public void Classes_are_matched_by_name_whatever_their_order()
    {
        IReadOnlyList<LabeledRow<string>> rows = Blobs.Rows(60);
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, rows)).Model;

        SalAreaProfile[] profiles = [.. model.GetAreaProfiles(Blobs.View(_mlContext, rows, ["blue", "red", "green"]))];

        foreach ((SalAreaProfile expected, SalAreaProfile actual) in model.GetAreaProfiles(Blobs.View(_mlContext, rows)).Zip(profiles))
        {
            CollectionAssert.AreEqual(model.ClassNames!.ToArray(), actual.ClassMix.Select(share => share.ClassName).ToArray());
            CollectionAssert.AreEqual(
                expected.ClassMix.Select(share => share.RowCount).ToArray(), actual.ClassMix.Select(share => share.RowCount).ToArray());
        }
    }

    [TestMethod]
    public void A_class_that_the_model_does_not_know_is_refused_with_both_lists()
    {
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, 60)).Model;

        Assert.AreEqual(
            "The classes of the label column 'Label' are 'yellow', 'red', but those of the model are 'red', 'green', 'blue'. Map the label "
            + "with the key values of the training rows, or set labelColumnName to null for profiles without the classes.",
            Refusal.Message(() => model.GetAreaProfiles(Blobs.View(_mlContext, Blobs.Rows(60), ["yellow", "red"]))));
    }

    [TestMethod]
    public void Keys_without_names_are_taken_in_order_with_a_warning()
    {
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(Blobs.View(_mlContext, 60)).Model;
        List<string> warnings = _mlContext.Warnings();

        IReadOnlyList<SalAreaProfile> profiles = model.GetAreaProfiles(Blobs.UnnamedView(_mlContext, 60));

        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, profiles[0].ClassMix.Select(share => share.ClassName).ToArray());
        Assert.AreEqual(
            "The classes of the label column 'Label' and those of the model cannot be compared, as the former have no names. They are "
            + "taken to be the same, in the same order.",
            warnings.Single());
    }

    [TestMethod]
    public void Unsuitable_columns_are_named()
    {
        IDataView data = Blobs.View(_mlContext, 60);
        SalMulticlassModelParameters model = _mlContext.SmallSal().Fit(data).Model;

        Assert.Contains("'Pixels'", Assert.Throws<ArgumentOutOfRangeException>(() => model.GetAreaProfiles(data, "Pixels")).Message);
        Assert.Contains(
            "'Class'", Assert.Throws<ArgumentOutOfRangeException>(() => model.GetAreaProfiles(data, labelColumnName: "Class")).Message);
        Assert.Contains(
            "MapValueToKey",
            Assert.Throws<ArgumentOutOfRangeException>(() => model.GetAreaProfiles(data, labelColumnName: "Weight")).Message);
    }

    private sealed class NamedRow
    {
        public string Name { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
