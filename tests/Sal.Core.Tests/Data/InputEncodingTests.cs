using Sal.Core.Data;
using Sal.Core.Network;
using Sal.Core.Numerics;
using Sal.Core.Tests.Plain;

namespace Sal.Core.Tests.Data;

/// <summary>The encoding agrees with its definition for each kind of column and form of rows; extreme values cost nothing.</summary>
[TestClass]
public unsafe class InputEncodingTests
{
    private const int RowCount = 1_000;

    private static readonly float[] Unusual =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, 0, -0f, 1e9f, -999];

    private static readonly Dictionary<string, Func<int, Random, float>> Columns = new()
    {
        ["number"] = (_, random) => Normal(random),
        ["number far from 0"] = (_, random) => 5_000 + 3 * Normal(random),
        ["two values"] = (row, _) => row % 3 == 0 ? 8 : 3,
        ["rare indicator"] = (row, _) => row % 97 == 0 ? 1 : 0,
        ["mostly constant"] = (row, random) => row % 20 == 0 ? 100 * random.NextSingle() : 5,
        ["mostly 0, below and above"] = (_, random) => random.Next(3) == 0 ? random.Next(-4, 5) : 0,
        ["few distinct values"] = (_, random) => random.Next(1, 6),
        ["heavy tail"] = (_, random) => MathF.Exp(4 * Normal(random)),
        ["constant"] = (_, _) => 7,
        ["all missing"] = (_, _) => float.NaN,
        ["constant or missing"] = (row, _) => row % 4 == 0 ? float.NaN : 7,
        ["often missing"] = (_, random) => random.Next(4) == 0 ? float.NaN : 10 + Normal(random),
        ["rarely infinite"] = (row, random) => row % 100 < 2 ? (row % 100 == 0 ? 1 : -1) * float.PositiveInfinity : Normal(random),
        ["1e9 in one row"] = (row, random) => row == 500 ? 1e9f : Normal(random),
        ["-1e9 in one row"] = (row, random) => row == 500 ? -1e9f : Normal(random),
        ["1e5 in a hundredth"] = (row, random) => row % 100 == 50 ? 1e5f : Normal(random),
        ["-999 for missing"] = (row, random) => row % 100 == 50 ? -999 : Normal(random),
    };

    public static IEnumerable<object?[]> Options =>
        from isSparse in new[] { false, true }
        from pieces in new int?[] { null, 0, 3, 1_024 }
        from clip in new double?[] { 4, 1.5, null }
        select new object?[] { isSparse, pieces, clip };

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Each_kind_of_column_is_encoded_by_its_definition(bool isSparse, int? pieces, double? clip)
    {
        float[][] rows = Rows();
        InputEncoding encoding = Encodings.Fit(
            Build(rows, isSparse), Encodings.Options with { ThresholdsPerFeature = pieces, Clip = clip });
        const int Few = 20, Chosen = 8; // 1,000 rows / 12 = 83 pieces for the ten columns of more than 20 values
        Assert.AreEqual(10, Columns.Keys.Count(name => Column(rows, name).Where(float.IsFinite).Distinct().Count() > Few));
        PlainEncoding[] plain = [.. Columns.Keys.Select(name => new PlainEncoding(
            [.. Column(rows, name).Select(x => (double)x)], clip ?? float.MaxValue, pieces ?? Chosen, pieces is null ? Few : 2))];

        var encoded = PanelMatrix.Vector(encoding.InputCount);
        foreach (float[] row in rows.Concat(Unusual.Select(value => Enumerable.Repeat(value, Columns.Count).ToArray())))
        {
            encoding.Apply(row, encoded, 0);
            int input = 0;
            foreach ((int feature, string name) in Columns.Keys.Index())
            {
                foreach (double expected in plain[feature].Encode(row[feature]))
                {
                    Assert.AreEqual(feature, encoding[input].Feature, name);
                    // A start in single precision moves the input by its rounding error.
                    float start = encoding[input].Start * encoding[input].Slope;
                    double tolerance = 1e-5 * Math.Max(1, Math.Abs(expected)) + 4e-7 * Math.Abs(start);
                    Assert.AreEqual(expected, encoded[0, input], tolerance, $"{name}: {row[feature]}");
                    input++;
                }
            }

            Assert.AreEqual(encoding.InputCount, input);
        }
    }

    [TestMethod]
    public void A_step_rises_between_the_two_values_where_the_classes_change()
    {
        // The class changes between 30 and 40, and back between 70 and 80; the second feature tells nothing.
        float[][] rows = [.. Enumerable.Range(0, 200).Select(row => new[] { row % 10 * 10f, row / 10 % 7 })];
        using var builder = new TrainingSetBuilder(2, 2);
        foreach (float[] row in rows)
        {
            builder.TryAdd(row, row[0] is > 30 and < 80 ? 1 : 0);
        }

        InputOptions options = Encodings.Options with { ThresholdsPerFeature = 0 };
        InputEncoding plain = Encodings.Fit(builder.Build(), options);
        InputEncoding stepped = Encodings.Fit(builder.Build(), options with { StepsPerFeature = 16 });
        Assert.AreEqual(2, plain.InputCount);
        Assert.AreEqual(4, stepped.InputCount);
        Assert.AreEqual((plain[0], plain[1]), (stepped[0], stepped[3]));
        Assert.AreEqual(new SalInput(0, 30, 0.1f, 0, 1, 1), stepped[1]);
        Assert.AreEqual(new SalInput(0, 70, 0.1f, 0, 1, 0), stepped[2]);
        Assert.AreEqual(3, Encodings.Fit(builder.Build(), options with { StepsPerFeature = 1 }).InputCount);
    }

    [TestMethod]
    [DataRow("1e9 in one row")]
    [DataRow("-1e9 in one row")]
    [DataRow("1e5 in a hundredth")]
    [DataRow("-999 for missing")]
    [DataRow("rarely infinite")]
    public void Extreme_values_leave_the_others_as_they_are_without_them(string name)
    {
        float[] column = Column(Rows(), name);
        SalInput with = Scaled(column), without = Scaled([.. column.Where(x => Math.Abs(x) < 100)]);
        Assert.AreEqual(without.Start, with.Start, 0.1f);
        Assert.AreEqual(without.Slope, with.Slope, 0.15f);
        Assert.AreEqual(1, with.Slope, 0.2f);

        static SalInput Scaled(float[] column) => Encodings.Fit(Build([.. column.Select(x => new[] { x })], isSparse: false))[0];
    }

    [TestMethod]
    public void The_rare_value_of_an_indicator_is_2_however_rare_it_is_and_a_number_is_scaled_by_its_deviation()
    {
        float[][] rows = Rows();
        InputEncoding encoding = Encodings.Fit(Build(rows, isSparse: false));
        Assert.AreEqual(new SalInput(Index("rare indicator"), 0, 2, -4, 4, 0), Inputs(encoding, "rare indicator").Single());
        foreach (string name in new[] { "number", "1e9 in one row", "-999 for missing" })
        {
            Assert.AreEqual(1, Inputs(encoding, name)[0].Slope, 0.2, name);
        }
    }

    [TestMethod]
    public void A_feature_that_was_constant_has_no_input_and_one_that_was_sometimes_missing_an_indicator()
    {
        InputEncoding encoding = Encodings.Fit(Build(Rows(), isSparse: false));
        Assert.IsEmpty(Inputs(encoding, "constant"));
        Assert.IsEmpty(Inputs(encoding, "all missing"));
        Assert.AreEqual(
            new SalInput(Index("constant or missing"), 0, 0, 0, 0, 2), Inputs(encoding, "constant or missing").Single());
        Assert.AreEqual(2, Inputs(encoding, "often missing")[^1].Missing);
        Assert.AreNotEqual(0, Inputs(encoding, "number")[^1].Slope, "never missing in training: no indicator");
    }

    // In all scalings; the sparse form of a row must not depend on how its zeros are told.
    [TestMethod]
    [DataRow(InputScaling.PerFeature)]
    [DataRow(InputScaling.Common)]
    [DataRow(InputScaling.None)]
    public void Dense_and_sparse_rows_give_the_same_inputs_to_the_bit(InputScaling scaling)
    {
        // Numbers beside one-hot columns.
        float[][] rows = [.. Rows().Select((row, i) => row.Concat(Enumerable.Range(0, 600).Select(c => c == i % 600 ? 1f : 0f)).ToArray())];
        TrainingSet dense = Build(rows, isSparse: false), sparse = Build(rows, isSparse: true);
        InputOptions options = Encodings.Options with { Scaling = scaling, ThresholdsPerFeature = 5, StepsPerFeature = 4 };
        InputEncoding encoding = Encodings.Fit(sparse, options);
        if (scaling != InputScaling.Common) // which leaves sparse zeros where they are
        {
            CollectionAssert.AreEqual(All(Encodings.Fit(dense, options)), All(encoding));
        }

        var expected = PanelMatrix.Vector(encoding.InputCount);
        var stored = new SparseRows();
        IEnumerable<float[]> unusual = Unusual.Select(value => Enumerable.Repeat(value, rows[0].Length).ToArray());
        foreach (float[] row in rows.Concat(unusual))
        {
            encoding.Apply(row, expected, 0);
            int[] indices = [.. Enumerable.Range(0, row.Length).Where(i => row[i] != 0)];
            stored.Clear();
            encoding.Apply(new FeatureVector(row.Length, indices, [.. indices.Select(i => row[i])]), stored);
            encoding.Apply(new FeatureVector(row), stored);
            for (int form = 0; form < 2; form++)
            {
                int place = 0;
                for (int input = 0; input < encoding.InputCount; input++)
                {
                    bool isStored = place < stored.Indices(form).Length && stored.Indices(form)[place] == input;
                    Assert.AreEqual(expected[0, input], isStored ? stored.Values(form)[place] : 0, $"input {input}");
                    place += isStored ? 1 : 0;
                }

                Assert.AreEqual(stored.Indices(form).Length, place);
            }
        }
    }

    [TestMethod]
    public void Zeros_stay_zeros_where_a_feature_is_mostly_0()
    {
        float[][] rows =
            [.. Enumerable.Range(0, 1_000).Select(i => Enumerable.Range(0, 600).Select(c => c == i % 600 ? 1f : 0f).ToArray())];
        InputEncoding encoding = Encodings.Fit(Build(rows, isSparse: true));
        var stored = new SparseRows();
        encoding.Apply(new FeatureVector(600, [], []), stored);
        Assert.AreEqual(0, stored.Indices(0).Length);
        encoding.Apply(new FeatureVector(600, [7], [1]), stored);
        Assert.AreEqual((7, 2f), (stored.Indices(1)[0], stored.Values(1)[0]));
        Assert.AreEqual(1, stored.Indices(1).Length);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(16)]
    [DataRow(21)]
    public void Whole_vectors_give_the_same_inputs_as_single_values(int features)
    {
        var random = new Random(features);
        SalInput[] oneToOne = [.. Enumerable.Range(0, features).Select(Draw)];
        SalInput[] several = [.. Enumerable.Range(0, features).SelectMany(i => Enumerable.Range(0, random.Next(4)).Select(_ => Draw(i)))];
        foreach (SalInput[] inputs in new[] { oneToOne, [.. several, Draw(features - 1)] })
        {
            var encoding = new InputEncoding(features, inputs);
            var result = new PanelMatrix(3, inputs.Length);
            result.Storage.Fill(float.NaN); // padding included
            for (int trial = 0; trial < 100; trial++)
            {
                float[] row = [.. Enumerable.Range(0, features)
                    .Select(_ => random.Next(3) == 0 ? Unusual[random.Next(Unusual.Length)] : 5 * Normal(random))];
                encoding.Apply(row, result, 1);
                foreach ((int i, SalInput input) in inputs.Index())
                {
                    Assert.AreEqual(Scalar(input, row[input.Feature]), result[1, i], $"{input} of {row[input.Feature]}");
                    Assert.IsTrue(float.IsNaN(result[0, i]) && float.IsNaN(result[2, i]), "other rows stay as they are");
                }

                for (int i = inputs.Length; i < PanelMatrix.RoundUp(inputs.Length, PanelMatrix.PanelWidth); i++)
                {
                    Assert.AreEqual(0f, result.Line(result.PanelCount - 1, 1)[i % PanelMatrix.PanelWidth], "padding");
                }
            }
        }

        SalInput Draw(int feature) => random.Next(4) == 0
            ? new SalInput(feature, 0, 0, 0, 0, 2)
            : new SalInput(feature, Normal(random), Normal(random), -random.NextSingle(), random.NextSingle(), random.NextSingle());

        static float Scalar(SalInput input, float value)
        {
            if (float.IsNaN(value))
            {
                return input.Missing;
            }

            float y = (value - input.Start) * input.Slope;
            return Math.Clamp(float.IsNaN(y) ? 0 : y, input.Low, input.High);
        }
    }

    [TestMethod]
    public void Beyond_the_sample_all_rows_count_for_missing_values_and_for_what_varies()
    {
        // 100,000 rows, of which 16,384 are drawn: what happens in one row would be in few samples.
        const int Rows = 100_000;
        var random = new Random(1);
        TrainingSet set = Build([.. Enumerable.Range(0, Rows).Select(i => new[]
        {
            Normal(random), i == 50_001 ? 3 : 1, i == 50_001 ? float.NaN : Normal(random),
        })], isSparse: false);
        InputEncoding encoding = Encodings.Fit(set, Encodings.Options with { ThresholdsPerFeature = 0 });

        SalInput[] inputs = All(encoding);
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 2 }, inputs.Select(input => input.Feature).ToArray());
        Assert.AreEqual(0, inputs[0].Start, 0.03);
        Assert.AreEqual(1, inputs[0].Slope, 0.1);
        Assert.AreEqual(new SalInput(1, 1, 1, -4, 4, 0), inputs[1], "constant in the sample: the farthest value of all becomes 2");
        Assert.AreEqual(2, inputs[3].Missing);
        CollectionAssert.AreEqual(inputs, All(Encodings.Fit(set, Encodings.Options with { ThresholdsPerFeature = 0 })), "repeatable");
        CollectionAssert.AreNotEqual(inputs, All(Encodings.Fit(set, Encodings.Options with { ThresholdsPerFeature = 0, Seed = 2 })));
    }

    [TestMethod]
    [DataRow(10_000, 1, 64)] // at most 64 each
    [DataRow(10_000, 8, 32)] // at most 256 for all
    [DataRow(480, 4, 10)] // one per 12 rows, divided by the features
    [DataRow(191, 4, 0)] // 3 are not worth it
    [DataRow(192, 4, 4)]
    public void The_number_of_thresholds_follows_the_rows_and_the_features(int rows, int features, int pieces)
    {
        var random = new Random(1);
        TrainingSet set = Build(
            [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, features).Select(_ => Normal(random)).ToArray())],
            isSparse: false);
        foreach (IGrouping<int, SalInput> inputs in All(Encodings.Fit(set)).GroupBy(input => input.Feature))
        {
            Assert.AreEqual(pieces, inputs.Count() - 1);
        }
    }

    [TestMethod]
    public void More_inputs_than_a_model_can_have_are_refused_with_what_to_do()
    {
        NetworkLimits.CheckInputs(1 << 24);
        Assert.AreEqual(
            "The network would have 20480000 inputs, of which a model can have 16777216. Set ThresholdsPerFeature lower, or use fewer "
                + "features.",
            Assert.ThrowsExactly<InvalidOperationException>(() => NetworkLimits.CheckInputs(20_480_000)).Message);
    }

    private static float[][] Rows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, RowCount).Select(row => Columns.Values.Select(column => column(row, random)).ToArray())];
    }

    private static TrainingSet Build(float[][] rows, bool isSparse)
    {
        var memory = new RowMemory(1L << 40);
        RowStore store = isSparse ? new SparseRowStore(rows[0].Length, memory) : new DenseRowStore(rows[0].Length, memory);
        foreach (float[] row in rows)
        {
            store.Add(new FeatureVector(row));
        }

        return new TrainingSet(classCount: 2, store, new int[rows.Length], weights: null);
    }

    private static int Index(string name) => Columns.Keys.Index().Single(column => column.Item == name).Index;

    private static float[] Column(float[][] rows, string name) => [.. rows.Select(row => row[Index(name)])];

    private static SalInput[] All(InputEncoding encoding) => [.. Enumerable.Range(0, encoding.InputCount).Select(i => encoding[i])];

    private static SalInput[] Inputs(InputEncoding encoding, string name) =>
        [.. All(encoding).Where(input => input.Feature == Index(name))];

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
