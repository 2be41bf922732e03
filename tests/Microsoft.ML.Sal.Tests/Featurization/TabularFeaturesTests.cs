using Microsoft.ML.Data;
using Microsoft.ML.Sal.Tests.Estimator;
using Options = Microsoft.ML.Trainers.Sal.TabularFeaturesEstimator.Options;

namespace Microsoft.ML.Sal.Tests.Featurization;

[TestClass]
public class TabularFeaturesTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Columns_of_every_type_become_features_that_are_named_after_them()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(House.Rows());
        IDataView transformed = _mlContext.Transforms.TabularFeatures(exampleWeightColumnName: "Weight").Fit(data).Transform(data);

        string[] names = SlotNames(transformed);
        CollectionAssert.AreEqual(
            new[]
            {
                "Size", "Price", "Rooms", "Visits", "Garden", "Commute", "Built.Days", "Built.Month", "Built.Day", "Built.DayOfWeek",
            },
            names[..10]);
        CollectionAssert.AreEquivalent(new[] { "Color.red", "Color.green", "Color.blue", "Color.(missing)" }, names[10..14]);
        CollectionAssert.IsSubsetOf(new[] { "Remark.Word.fine", "Remark.Word.poor", "Remark.Char.s|t|r" }, names);
        Assert.DoesNotContain("Remark.Word.17", names, "in too few rows");

        // Three districts without names, whether the district is missing, and two unnamed slots of Light.
        CollectionAssert.AreEqual(new[] { "", "", "", "District.(missing)", "", "" }, names[^6..]);
        CollectionAssert.AreEqual(
            data.Schema.Select(column => column.Name).Append("Features").ToArray(),
            transformed.Schema.Select(column => column.Name).ToArray());

        House[] rows = [.. _mlContext.Data.CreateEnumerable<House>(data, reuseRowObject: false)];
        float[][] features = Features(transformed);
        for (int i = 0; i < rows.Length; i++)
        {
            House row = rows[i];
            bool isBuilt = row.Built != default;
            float[] expected =
            [
                row.Size, (float)row.Price, row.Rooms, row.Visits, row.Garden ? 1 : 0, row.Commute.Ticks,
                isBuilt ? row.Built.Ticks / TimeSpan.TicksPerDay : float.NaN, isBuilt ? row.Built.Month : float.NaN,
                isBuilt ? row.Built.Day : float.NaN, isBuilt ? (int)row.Built.DayOfWeek : float.NaN,
                .. names[10..14].Select(name => name == $"Color.{(row.Color.Length == 0 ? "(missing)" : row.Color)}" ? 1 : 0),
            ];
            CollectionAssert.AreEqual(expected, features[i][..14]);
            float[] district = [.. Enumerable.Range(1, 3).Append(0).Select(key => key == row.District ? 1f : 0f), .. row.Light];
            CollectionAssert.AreEqual(district, features[i][^6..]);
        }
    }

    [TestMethod]
    public void The_transformers_are_those_of_ML_NET() => CollectionAssert.AreEquivalent(
        new[] { "Microsoft.ML.Data", "Microsoft.ML.Transforms" },
        _mlContext.Transforms.TabularFeatures(replaceMissingValues: true).Fit(_mlContext.Data.LoadFromEnumerable(House.Rows()))
            .Select(transformer => transformer.GetType().Assembly.GetName().Name).Distinct().ToArray());

    [TestMethod]
    public void Columns_that_are_left_out_are_named_with_the_reason()
    {
        List<string> warnings = _mlContext.Warnings();
        List<string> lines = [];
        _mlContext.Log += (_, line) => lines.Add(line.RawMessage);
        Fit(House.Rows(), new() { ExampleWeightColumnName = "Weight" });

        Assert.Contains(
            "Columns in 'Features': 6 as numbers ('Size', 'Price', 'Rooms', 'Visits', 'Garden', 'Commute'), 1 as categories ('Color'), "
            + "1 as keys ('District'), 1 by their words ('Remark'), 1 as dates ('Built'), 1 as vectors ('Light').",
            lines);
        Assert.AreEqual(
            "Columns not in 'Features'. Left out: 'Id' counts the rows, 'Code' is an identifier: another text in nearly every row, "
            + "'Country' has the same value in all rows, 'Nothing' is empty, 'Bills' is a vector of unknown size, 'Owners' is a vector of String, "
            + "'Row' has the type DataViewRowId. To use one nevertheless, name it in NumericColumnNames, CategoricalColumnNames or "
            + "TextColumnNames of the options; to agree, in IgnoredColumnNames.",
            Assert.ContainsSingle(warnings));

        warnings.Clear();
        Fit(House.Rows(), new()
        {
            ExampleWeightColumnName = "Weight",
            IgnoredColumnNames = ["Country", "Nothing", "Bills", "Owners", "Row"],
            NumericColumnNames = ["Id"],
            TextColumnNames = ["Code"],
        });
        Assert.IsEmpty(warnings);
    }

    [TestMethod]
    public void The_label_of_any_type_and_what_it_is_made_of_are_kept_out()
    {
        House[] rows = House.Rows();
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        Options options = new() { ExampleWeightColumnName = "Weight" };
        string[] expected = SlotNames(Fit(rows, options).Transform(data));

        // The key replaces the text of the same name.
        IDataView keyed = _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        CollectionAssert.AreEqual(expected, SlotNames(_mlContext.Transforms.TabularFeatures(options).Fit(keyed).Transform(keyed)));

        // The text stays beside the key.
        keyed = _mlContext.Transforms.CopyColumns("Kind", "Label").Append(_mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind"))
            .Fit(data).Transform(data);
        List<string> warnings = _mlContext.Warnings();
        CollectionAssert.AreEqual(expected, SlotNames(_mlContext.Transforms.TabularFeatures(options).Fit(keyed).Transform(keyed)));
        Assert.Contains("'Kind' tells 'Label' in every row", Assert.ContainsSingle(warnings));
        options.CategoricalColumnNames = ["Kind"];
        Assert.Contains("Kind.large", SlotNames(_mlContext.Transforms.TabularFeatures(options).Fit(keyed).Transform(keyed)));

        // A Boolean label, and a number that tells it.
        IDataView boolean = _mlContext.Transforms.Conversion.ConvertType("Number", "Garden", DataKind.Single).Fit(data).Transform(data);
        options = new() { LabelColumnName = "Garden", ExampleWeightColumnName = "Weight" };
        string[] names = SlotNames(_mlContext.Transforms.TabularFeatures(options).Fit(boolean).Transform(boolean));
        Assert.DoesNotContain("Garden", names);
        Assert.DoesNotContain("Number", names);
        Assert.Contains("Label.large", names);
    }

    [TestMethod]
    public void A_column_that_some_rows_contradict_is_no_copy_of_the_label()
    {
        House[] rows = House.Rows();
        foreach (House row in rows)
        {
            row.Color = row.Label;
        }

        rows[150].Color = rows.First(row => row.Label != rows[150].Label).Label;
        Assert.Contains("Color.large", SlotNames(Fit(rows, new()).Transform(_mlContext.Data.LoadFromEnumerable(rows))));
    }

    [TestMethod]
    public void Rare_values_share_a_feature_with_values_that_are_never_seen()
    {
        House[] rows = House.Rows(200, violet: 2);
        (rows[0].Color, rows[1].Color, rows[2].Color, rows[3].Color) = ("pink", "violet", "violet", "gold");
        ITransformer model = Fit(rows, new() { ExampleWeightColumnName = "Weight" });

        House unseen = House.Rows(1)[0];
        unseen.Color = "turquoise";
        IDataView transformed = model.Transform(_mlContext.Data.LoadFromEnumerable([.. rows, unseen]));
        string[] names = SlotNames(transformed);
        float[][] features = Features(transformed);
        CollectionAssert.AreEquivalent(
            new[] { "Color.red", "Color.green", "Color.blue", "Color.(missing)", "Color.(other)" },
            names.Where(name => name.StartsWith("Color", StringComparison.Ordinal)).ToArray());
        int other = Array.IndexOf(names, "Color.(other)");
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 201).Select(i => i is < 4 or 200 ? 1f : 0f).ToArray(), features.Select(row => row[other]).ToArray());
        Assert.IsTrue(features.All(row => Color(row) == 1));

        // Two rows are too few for a feature, and violet itself has one from a minimum of two rows.
        Assert.DoesNotContain("Color.(other)", SlotNames(Fit(rows, new() { MinimumRowsPerCategory = 5 }).Transform(transformed)));
        Assert.Contains("Color.violet", SlotNames(Fit(rows, new() { MinimumRowsPerCategory = 2 }).Transform(transformed)));

        float Color(float[] row) =>
            names.Index().Where(slot => slot.Item.StartsWith("Color", StringComparison.Ordinal)).Sum(slot => row[slot.Index]);
    }

    [TestMethod]
    public void Missing_numbers_become_the_mean_and_an_indicator_on_request()
    {
        House[] rows = House.Rows();
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        IDataView filled = _mlContext.Transforms
            .TabularFeatures(exampleWeightColumnName: "Weight", replaceMissingValues: true).Fit(data).Transform(data);

        string[] names = SlotNames(filled);
        CollectionAssert.IsSubsetOf(new[] { "Size.(missing)", "Built.Month.(missing)" }, names);
        Assert.DoesNotContain("Price.(missing)", names);
        (int size, int missing) = (Array.IndexOf(names, "Size"), Array.IndexOf(names, "Size.(missing)"));
        float mean = (float)rows.Where(row => !float.IsNaN(row.Size)).Average(row => row.Size);
        foreach ((House row, float[] features) in rows.Zip(Features(filled)))
        {
            Assert.IsFalse(features.Any(float.IsNaN));
            Assert.AreEqual(float.IsNaN(row.Size) ? mean : row.Size, features[size], 1e-3f);
            Assert.AreEqual(float.IsNaN(row.Size) ? 1 : 0, features[missing]);
        }

        // A number that is missing for the first time in a row to score.
        House[] complete = [.. rows.Where(row => !float.IsNaN(row.Size))];
        ITransformer model = Fit(complete, new() { ReplaceMissingValues = true });
        Assert.IsFalse(Features(model.Transform(data)).Any(row => row.Any(float.IsNaN)));
    }

    [TestMethod]
    public void Text_that_holds_numbers_or_dates_is_read_and_what_else_it_holds_is_named()
    {
        House[] rows = House.Rows();
        var random = new Random(3);
        foreach ((int i, House row) in rows.Index())
        {
            row.Code = i % 20 == 0 ? "NA" : i == 1 ? "" : $"{random.Next(1000) / 8.0}";
            row.Country = i == 5 ? "?" : i == 6 ? "" : $"2024-{random.Next(1, 13):00}-{random.Next(1, 29):00}T{random.Next(24):00}:30:00";
            row.Remark = $"{random.Next(100, 160):0000}"; // a zero in front: codes
        }

        List<string> lines = [];
        _mlContext.Log += (_, line) => lines.Add(line.RawMessage);
        IDataView transformed = Fit(rows, new()).Transform(_mlContext.Data.LoadFromEnumerable(rows));
        string[] names = SlotNames(transformed);
        float[][] features = Features(transformed);

        Assert.Contains("Column 'Code' is text that holds numbers. 'NA' counts as missing.", lines);
        Assert.Contains("Column 'Country' is text that holds dates. '?' counts as missing.", lines);
        Assert.IsTrue(names.Any(name => name.StartsWith("Remark.0", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(
            rows.Select(row => float.TryParse(row.Code, out float number) ? number : float.NaN).ToArray(), Column("Code"));
        Assert.IsEmpty(names.Where(name => name == "Country.Year"));
        CollectionAssert.AreEqual(
            rows.Select(row => DateTime.TryParse(row.Country, out DateTime date) ? date.Month : float.NaN).ToArray(),
            Column("Country.Month"));
        CollectionAssert.AreEqual(
            rows.Select(row => DateTime.TryParse(row.Country, out DateTime date) ? date.Hour + 0.5f : float.NaN).ToArray(),
            Column("Country.Hour"));

        float[] Column(string name) => [.. features.Select(row => row[Array.IndexOf(names, name)])];
    }

    [TestMethod]
    public void Parts_of_dates_are_those_of_the_calendar()
    {
        House[] rows = House.Rows(3000);
        foreach ((int i, House row) in rows.Index())
        {
            row.Built = new DateTime(1999, 12, 30).AddDays(i % 2 == 0 ? i : 31 * (double)i).AddMinutes(17 * i);
        }

        rows[0].Built = new DateTime(1, 1, 2);
        rows[1].Built = DateTime.MaxValue.Date;
        IDataView transformed = Fit(rows, new()).Transform(_mlContext.Data.LoadFromEnumerable(rows));
        int first = Array.IndexOf(SlotNames(transformed), "Built.Days");
        foreach ((House row, float[] features) in rows.Zip(Features(transformed)))
        {
            float[] parts = features[first..(first + 5)];
            CollectionAssert.AreEqual(
                new float[] { row.Built.Month, row.Built.Day, (int)row.Built.DayOfWeek }, parts[1..4], $"{row.Built}");
            Assert.AreEqual(row.Built.TimeOfDay.TotalHours, parts[4], 1e-5, $"{row.Built}");
            Assert.AreEqual((double)row.Built.Ticks / TimeSpan.TicksPerDay, parts[0], 0.2, $"{row.Built}");
        }
    }

    [TestMethod]
    public void Options_give_columns_another_use()
    {
        House[] rows = House.Rows();
        ITransformer model = Fit(rows, new()
        {
            CategoricalColumnNames = ["Rooms", "Garden", "District"],
            NumericColumnNames = ["Color"],
            TextColumnNames = ["Country"],
            OutputColumnName = "Vector",
        });
        IDataView transformed = model.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        string[] names = SlotNames(transformed, "Vector");
        CollectionAssert.IsSubsetOf(new[] { "Rooms.1", "Rooms.5", "Garden.True", "Garden.False", "Color", "Country.Word.nl" }, names);
        Assert.DoesNotContain("Rooms", names);
        Assert.IsTrue(transformed.GetColumn<float[]>("Vector").All(row => float.IsNaN(row[Array.IndexOf(names, "Color")])));
    }

    [TestMethod]
    public void Names_that_do_not_fit_the_data_are_refused()
    {
        Refuses("LabelColumnName names the column 'Kind', which is missing. Name the column that the label is made of, so that it does not "
            + "become a feature, or null if there is none. The data has 'Id', 'Code', ", new() { LabelColumnName = "Kind" });
        Refuses("IgnoredColumnNames names the column 'X', which is missing. The data has", new() { IgnoredColumnNames = ["X"] });
        Refuses("TextColumnNames names the column 'Size', which is Single, but must be text.", new() { TextColumnNames = ["Size"] });
        Refuses("NumericColumnNames names the column 'Built', which is DateTime, but must be numbers, Booleans or text.",
            new() { NumericColumnNames = ["Built"] });
        Refuses("CategoricalColumnNames names the column 'Light', which is Vector<Single, 2>, but must be text, keys, numbers or Booleans.",
            new() { CategoricalColumnNames = ["Light"] });
        RefusesOptions("NumericColumnNames and LabelColumnName both name the column 'Label'. Name it in one of them.",
            new() { NumericColumnNames = ["Label"] });
        RefusesOptions("TextColumnNames has an empty name.", new() { TextColumnNames = [""] });
        RefusesOptions("OutputColumnName has an empty name.", new() { OutputColumnName = " " });
        RefusesOptions("MinimumRowsPerCategory is 0, but must be 1 or more.", new() { MinimumRowsPerCategory = 0 });
        RefusesOptions("MaximumRowsToInspect is -1, but must be 1 or more.", new() { MaximumRowsToInspect = -1 });

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Fit(House.Rows(), new() { IgnoredColumnNames = [.. Names(typeof(House)).Except(["Label", "Country"])] })).Message;
        Assert.StartsWith(
            "There is no column to make 'Features' of. Left out: 'Country' has the same value in all rows. To use one", message);

        void Refuses(string expected, Options options) => Assert.StartsWith(
            expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(House.Rows(), options)).Message);

        void RefusesOptions(string expected, Options options) => Assert.StartsWith(
            expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Transforms.TabularFeatures(options)).Message);
    }

    [TestMethod]
    public void What_ML_NET_requires_of_every_estimator_holds()
    {
        House[] rows = House.Rows();
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        IDataView invalid = _mlContext.Transforms.DropColumns("Label", "Size").Fit(data).Transform(data);

        EstimatorCheck.Run(
            _mlContext,
            // The ranges of categories are an annotation that cannot be promised before the rows are seen.
            _mlContext.Transforms.TabularFeatures(exampleWeightColumnName: "Weight", ignoredColumnNames: ["District", "Color"]),
            data,
            invalid);
    }

    [TestMethod]
    public void A_pipeline_is_trained_saved_and_scores_rows_one_by_one()
    {
        House[] rows = House.Rows(600);
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        DataOperationsCatalog.TrainTestData split = _mlContext.Data.TrainTestSplit(data, testFraction: 0.25);
        ITransformer model = _mlContext.Transforms.TabularFeatures(exampleWeightColumnName: "Weight", ignoredColumnNames: ["Remark"])
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.MulticlassClassification.Trainers.Sal(numberOfAreas: 1, hiddenUnits: 32, numberOfEpochs: 60))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(split.TrainSet);
        ITransformer loaded = EstimatorCheck.SaveAndLoad(_mlContext, model, data.Schema);

        IDataView scored = loaded.Transform(split.TestSet);
        Assert.IsGreaterThan(0.85, _mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        using PredictionEngine<House, Prediction> engine = _mlContext.Model.CreatePredictionEngine<House, Prediction>(loaded);
        CollectionAssert.AreEqual(
            loaded.Transform(data).GetColumn<string>("PredictedLabel").ToArray(),
            rows.Select(row => engine.Predict(row).PredictedLabel).ToArray());

        var importance = _mlContext.MulticlassClassification.PermutationFeatureImportanceByColumn(model, split.TestSet);
        Assert.IsLessThan(-0.2, importance["Size"].MicroAccuracy.Mean);
        Assert.IsLessThan(-0.1, importance["Color"].MicroAccuracy.Mean);
        Assert.IsGreaterThan(-0.05, importance["Commute"].MicroAccuracy.Mean);
        Assert.DoesNotContain("Id", importance.Keys);
    }

    [TestMethod]
    public void The_use_of_columns_is_decided_from_the_first_rows_and_the_transforms_learn_from_all()
    {
        House[] rows = House.Rows(400);
        foreach (House row in rows[..100])
        {
            (row.Garden, row.Size) = (true, row.Size is float.NaN ? 50 : row.Size);
        }

        ITransformer model = Fit(rows, new() { MaximumRowsToInspect = 100, ReplaceMissingValues = true });
        IDataView transformed = model.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        string[] names = SlotNames(transformed);
        Assert.DoesNotContain("Garden", names);
        Assert.DoesNotContain("Size.(missing)", names);
        float mean = (float)rows.Where(row => !float.IsNaN(row.Size)).Average(row => row.Size);
        int missing = Array.FindIndex(rows, row => float.IsNaN(row.Size));
        Assert.AreEqual(mean, Features(transformed)[missing][Array.IndexOf(names, "Size")], 1e-3f);
    }

    private ITransformer Fit(House[] rows, Options options) =>
        _mlContext.Transforms.TabularFeatures(options).Fit(_mlContext.Data.LoadFromEnumerable(rows));

    private static float[][] Features(IDataView view) => [.. view.GetColumn<float[]>("Features")];

    private static string[] SlotNames(IDataView view, string column = "Features")
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static IEnumerable<string> Names(Type type) => type.GetProperties().Select(property => property.Name);

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";
    }
}
