using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.DataOperationsCatalog;
using static Microsoft.ML.TrainCatalogBase;

namespace Microsoft.ML.Sal.Tests.Splitting;

[TestClass]
public class StratifiedSplitTests
{
    private static readonly string[] _columns = ["Text", "Boolean", "Whole", "Byte", "Single", "Double"];

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly List<string> _warnings = [];

    public StratifiedSplitTests() => _mlContext.Log += (_, line) =>
    {
        if (line.Kind == ChannelMessageKind.Warning)
        {
            _warnings.Add(line.Message);
        }
    };

    public static IEnumerable<object[]> Columns => _columns.Select(column => new object[] { column });

    [TestMethod]
    [DynamicData(nameof(Columns))]
    public void Each_class_is_in_both_sets_in_the_same_proportion_whatever_the_type_of_the_label(string column)
    {
        // Of 100 rows, 10 are of the second class.
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(100, i => i % 10 == 3 ? 1 : 0));
        IDataView keys = _mlContext.Transforms.Conversion.MapValueToKey("Key", column).Fit(data).Transform(data);

        TrainTestData split = _mlContext.Data.StratifiedTrainTestSplit(data, column, testFraction: 0.2);
        TrainTestData byKey = _mlContext.Data.StratifiedTrainTestSplit(keys, "Key", testFraction: 0.2);

        int[] test = Numbers(split.TestSet);
        Assert.HasCount(20, test);
        Assert.AreEqual(2, test.Count(row => row % 10 == 3));
        CollectionAssert.AreEqual(Enumerable.Range(0, 100).ToArray(), test.Concat(Numbers(split.TrainSet)).Order().ToArray());
        CollectionAssert.AreEqual(test, test.Order().ToArray());
        CollectionAssert.AreEqual(test, Numbers(byKey.TestSet));
        Assert.AreEqual(20, split.TestSet.GetRowCount());
        Assert.AreEqual(80, split.TrainSet.GetRowCount());
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void A_split_is_the_same_for_rows_in_memory_cached_streamed_and_in_a_file()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<Row> rows = Rows(500, i => i * 7 % 5);
        IDataView data = _mlContext.Data.LoadFromEnumerable(rows);
        using (FileStream file = File.Create(folder.File("rows.tsv")))
        {
            _mlContext.Data.SaveAsText(data, file, schema: false);
        }

        using (FileStream file = File.Create(folder.File("rows.idv")))
        {
            _mlContext.Data.SaveAsBinary(data, file);
        }

        var columns = data.Schema.Select((column, i) => new TextLoader.Column(
            column.Name, ((PrimitiveDataViewType)column.Type).RawType == typeof(int) ? DataKind.Int32 : DataKind.String, i));
        IDataView[] views =
        [
            data,
            _mlContext.Data.Cache(data),
            _mlContext.Data.LoadFromEnumerable(Stream(rows)),
            _mlContext.Data.LoadFromTextFile(folder.File("rows.tsv"), [.. columns], hasHeader: true),
            _mlContext.Data.LoadFromBinary(folder.File("rows.idv")),
            _mlContext.Data.FilterRowsByColumn(data, "Single", upperBound: 1000),
        ];

        string[] tests = [.. views.Select(view =>
            string.Join(' ', Numbers(_mlContext.Data.StratifiedTrainTestSplit(view, "Text", 0.3, seed: 3).TestSet)))];

        Assert.HasCount(1, tests.Distinct());
        Assert.AreNotEqual(
            tests[0], string.Join(' ', Numbers(_mlContext.Data.StratifiedTrainTestSplit(data, "Text", 0.3, seed: 4).TestSet)));

        static IEnumerable<Row> Stream(IEnumerable<Row> rows) => rows.Select(row => row);
    }

    [TestMethod]
    public void No_row_is_lost_or_read_twice_by_cursor_sets_shuffling_and_cursors_that_are_open_at_once()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(900, i => i % 3));
        IDataView training = _mlContext.Data.StratifiedTrainTestSplit(data, "Text").TrainSet;
        int[] expected = Numbers(training);
        Assert.HasCount(810, expected);
        IDataView normalized = _mlContext.Transforms.NormalizeMinMax("Single").Fit(training).Transform(training);
        IDataView cached = _mlContext.Data.Cache(normalized);
        Assert.IsTrue(cached.CanShuffle);

        foreach (IDataView view in new[] { training, normalized, cached, _mlContext.Data.ShuffleRows(training) })
        {
            CollectionAssert.AreEquivalent(expected, Numbers(view));
            DataViewSchema.Column[] number = [view.Schema["Number"]];
            CollectionAssert.AreEquivalent(expected, Read(view.GetRowCursorSet(number, 4)));
            CollectionAssert.AreEquivalent(expected, Read(view.GetRowCursorSet(number, 4, new Random(1))));
            CollectionAssert.AreEquivalent(expected, Read(view.GetRowCursor(number, new Random(1))));
        }

        IEnumerable<int> first = training.GetColumn<int>("Number"), second = training.GetColumn<int>("Number");
        Assert.IsTrue(first.Zip(second.Skip(1)).All(pair => pair.First < pair.Second));
    }

    [TestMethod]
    public void Rows_without_a_label_are_divided_too_and_are_no_class()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(41, i => i < 20 ? 0 : 1).Select(row =>
        {
            row.Text = row.Number == 40 ? "" : row.Text;
            row.Single = row.Number >= 30 ? float.NaN : row.Single;
            return row;
        }).ToArray());

        TrainTestData split = _mlContext.Data.StratifiedTrainTestSplit(data, "Single", 0.2);
        Assert.AreEqual(2, Numbers(split.TestSet).Count(row => row >= 30));
        Assert.HasCount(8, Numbers(split.TestSet));
        _mlContext.Data.StratifiedTrainTestSplit(data, "Text", 0.2);
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Classes_of_one_row_are_in_the_training_set_and_named_once_in_the_log()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(60, i => i < 2 ? i : 2 + (i % 2)));
        IDataView keys = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);

        TrainTestData split = _mlContext.Data.StratifiedTrainTestSplit(keys, "Key", 0.5);

        CollectionAssert.IsSubsetOf(new[] { 0, 1 }, Numbers(split.TrainSet));
        Assert.HasCount(1, _warnings);
        Assert.Contains(
            "The test set lacks the classes 'class 0', 'class 1' of 'Key': one row cannot be in both sets.", _warnings[0]);

        _warnings.Clear();
        _mlContext.Data.StratifiedCrossValidationSplit(
            _mlContext.Data.LoadFromEnumerable(Rows(60, i => i < 2 ? i : i < 5 ? 2 : 3)), "Text");

        Assert.HasCount(2, _warnings);
        Assert.Contains(
            "Only one of the 5 folds has the classes 'class 0', 'class 1' of 'Text': there are too few rows. "
            + "Its model is tested on a class that it has not learned.",
            _warnings[0]);
        Assert.Contains(
            "Not all of the 5 folds have the class 'class 2' of 'Text': there are too few rows. "
            + "The test sets without a class say nothing about it.",
            _warnings[1]);
    }

    [TestMethod]
    [DataRow("Whole")]
    [DataRow("Patient")]
    [DataRow("PatientKey")]
    public void Rows_of_one_sampling_key_stay_together_and_classes_are_still_spread(string samplingKey)
    {
        // 60 patients of five rows, each of one class in four.
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(300, i => i / 5 % 4, i => i / 5));
        data = _mlContext.Transforms.Conversion.MapValueToKey("PatientKey", "Patient")
            .Append(_mlContext.Transforms.CopyColumns("Whole", "Patient"))
            .Fit(data).Transform(data);

        TrainTestData split = _mlContext.Data.StratifiedTrainTestSplit(data, "Text", 0.2, samplingKey);
        IReadOnlyList<TrainTestData> folds = _mlContext.Data.StratifiedCrossValidationSplit(data, "Text", 3, samplingKey);

        foreach (TrainTestData pair in folds.Append(split))
        {
            Assert.IsEmpty(Numbers(pair.TrainSet).Select(row => row / 5).Intersect(Numbers(pair.TestSet).Select(row => row / 5)));
            Assert.HasCount(4, Numbers(pair.TestSet).GroupBy(row => row / 5 % 4));
        }

        Assert.HasCount(60, Numbers(split.TestSet));
        Assert.AreEqual(300, folds.Sum(fold => Numbers(fold.TestSet).Length));
    }

    [TestMethod]
    public void A_class_whose_rows_share_a_sampling_key_is_named()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(100, i => i < 8 ? 0 : 1 + (i % 2), i => i < 8 ? 0 : i));

        _mlContext.Data.StratifiedTrainTestSplit(data, "Text", 0.2, "Patient");

        Assert.HasCount(1, _warnings);
        Assert.Contains(
            "The test set lacks the class 'class 0' of 'Text': rows with the same 'Patient' stay together.", _warnings[0]);
    }

    [TestMethod]
    public void Cross_validation_tests_each_row_once_and_each_class_in_every_fold()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Blobs.Rows(90).Where((row, i) => row.Label != "blue" || i < 15).ToArray());
        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Class", "Label", keyData: _mlContext.Data.LoadFromEnumerable(
                Enumerable.Range(0, 3).Select(i => new { Value = Blobs.Name(i) })))
            .Append(_mlContext.SmallSal(options => options.LabelColumnName = "Class"));

        IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> results =
            _mlContext.MulticlassClassification.StratifiedCrossValidate(
                data, pipeline, numberOfFolds: 5, labelColumnName: "Class", stratificationColumnName: "Label");

        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, results.Select(result => result.Fold).ToArray());
        Assert.AreEqual(65L, results.Sum(result => result.ScoredHoldOutSet.GetColumn<string>("Label").LongCount()));
        foreach (CrossValidationResult<MulticlassClassificationMetrics> result in results)
        {
            Assert.HasCount(1, result.ScoredHoldOutSet.GetColumn<string>("Label").Where(label => label == "blue"));
            Assert.IsGreaterThan(0.9, result.Metrics.MicroAccuracy);
            Assert.IsNotNull(result.Model);
        }
    }

    [TestMethod]
    public void Without_a_seed_that_of_the_context_decides()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(200, i => i % 2));
        int[] test = Numbers(_mlContext.Data.StratifiedTrainTestSplit(data, "Text").TestSet);

        CollectionAssert.AreEqual(test, Numbers(_mlContext.Data.StratifiedTrainTestSplit(data, "Text").TestSet));
        CollectionAssert.AreEqual(test, Numbers(new MLContext(5).Data.StratifiedTrainTestSplit(data, "Text", seed: 1).TestSet));
        CollectionAssert.AreNotEqual(test, Numbers(new MLContext(5).Data.StratifiedTrainTestSplit(data, "Text").TestSet));
        CollectionAssert.AreEqual(
            Numbers(new MLContext().Data.StratifiedTrainTestSplit(data, "Text").TestSet),
            Numbers(new MLContext().Data.StratifiedTrainTestSplit(data, "Text").TestSet));
    }

    [TestMethod]
    public void What_cannot_be_split_is_refused()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(Rows(20, i => i % 2));
        IDataView vectors = Blobs.View(_mlContext, 9), nothing = _mlContext.Data.LoadFromEnumerable(Rows(0, i => i));
        DataOperationsCatalog catalog = _mlContext.Data;

        Assert.AreEqual(
            "There is no column to stratify by 'Label'. The data has 'Number', 'Text', 'Boolean', 'Whole', 'Byte', 'Single', 'Double', "
            + "'Patient'.",
            Message<ArgumentOutOfRangeException>(() => catalog.StratifiedTrainTestSplit(data)));
        Assert.StartsWith(
            "There is no sampling key column 'Nobody'. The data has 'Number', ",
            Message<ArgumentOutOfRangeException>(() => catalog.StratifiedTrainTestSplit(data, "Text", samplingKeyColumnName: "Nobody")));
        Assert.StartsWith(
            "The column to stratify by 'Features' is Vector<Single, 3>, but must have one value per row: a key, text, number or Boolean.",
            Message<ArgumentOutOfRangeException>(() => catalog.StratifiedTrainTestSplit(vectors, "Features")));
        Assert.StartsWith(
            "testFraction is 1, but must be between 0 and 1, both exclusive.",
            Message<ArgumentOutOfRangeException>(() => catalog.StratifiedTrainTestSplit(data, "Text", 1)));
        Assert.StartsWith(
            "numberOfFolds is 1, but must be 2 or more.",
            Message<ArgumentOutOfRangeException>(() => catalog.StratifiedCrossValidationSplit(data, "Text", 1)));
        Assert.AreEqual(
            "There are no rows to split. Check that the file has rows below its header and that no filter takes them all.",
            Message<InvalidOperationException>(() => catalog.StratifiedTrainTestSplit(nothing, "Text")));
        Assert.AreEqual(
            "The 20 rows cannot be split by 'Number': no class has two rows. Is the column an identifier or a quantity? "
            + "TrainTestSplit splits without classes.",
            Message<InvalidOperationException>(() => catalog.StratifiedTrainTestSplit(data, "Number")));
        Assert.AreEqual(
            "The 20 rows cannot be split by 'Number' and 'Byte': all rows would be in one part. The sampling key must have more values.",
            Message<InvalidOperationException>(() => catalog.StratifiedTrainTestSplit(
                _mlContext.Data.LoadFromEnumerable(Rows(20, _ => 1)), "Number", samplingKeyColumnName: "Byte")));
        Assert.AreEqual(
            "There are too few rows for 5 folds: the values of 'Text' fill 2 of them. Set numberOfFolds to 2 or less.",
            Message<InvalidOperationException>(() => catalog.StratifiedCrossValidationSplit(data, "Whole", 5, "Text")));
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Data_that_has_changed_since_it_was_split_is_refused()
    {
        List<Row> rows = [.. Rows(20, i => i % 2)];
        TrainTestData split = _mlContext.Data.StratifiedTrainTestSplit(
            _mlContext.Data.LoadFromEnumerable(rows.Select(row => row)), "Text", 0.5);

        rows.AddRange(Rows(1, _ => 0));
        Assert.AreEqual(
            "The data had 20 rows when it was split, but has more now. Split data that stays as it is: "
            + "load it again after it has changed, or load a copy.",
            Message<InvalidOperationException>(() => Numbers(split.TrainSet)));
        rows.RemoveRange(10, 11);
        Assert.Contains("but has 10 now", Message<InvalidOperationException>(() => Numbers(split.TestSet)));
    }

    private static string Message<TException>(Action action)
        where TException : Exception => Assert.ThrowsExactly<TException>(action).Message.ReplaceLineEndings("\n");

    private static int[] Numbers(IDataView view) => [.. view.GetColumn<int>("Number")];

    private static int[] Read(params DataViewRowCursor[] cursors)
    {
        List<int> numbers = [];
        foreach (DataViewRowCursor cursor in cursors)
        {
            using (cursor)
            {
                ValueGetter<int> get = cursor.GetGetter<int>(cursor.Schema["Number"]);
                int number = 0;
                while (cursor.MoveNext())
                {
                    get(ref number);
                    numbers.Add(number);
                }
            }
        }

        return [.. numbers];
    }

    private static IReadOnlyList<Row> Rows(int count, Func<int, int> classOf, Func<int, int>? patientOf = null) =>
        [.. Enumerable.Range(0, count).Select(i => new Row(i, classOf(i), patientOf?.Invoke(i) ?? i))];

    private sealed class Row
    {
        public Row(int number, int classIndex, int patient)
        {
            Number = number;
            Text = string.Create(CultureInfo.InvariantCulture, $"class {classIndex}");
            Boolean = classIndex % 2 == 1;
            Whole = classIndex;
            Byte = (byte)classIndex;
            Single = classIndex / 4f;
            Double = classIndex / 3.0;
            Patient = string.Create(CultureInfo.InvariantCulture, $"patient {patient}");
        }

        public int Number { get; set; }

        public string Text { get; set; }

        public bool Boolean { get; set; }

        public int Whole { get; set; }

        public byte Byte { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public string Patient { get; set; }
    }
}
