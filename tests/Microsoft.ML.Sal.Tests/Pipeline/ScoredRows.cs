using Microsoft.ML.Data;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>Rows with a label and the scores of a made-up model, for the evaluator.</summary>
internal static class ScoredRows
{
    /// <summary>Six rows of the classes b, a and c, half of them right.</summary>
    public static IReadOnlyList<(string Label, float[] Scores)> Six { get; } =
    [
        ("b", [0.7f, 0.2f, 0.1f]), ("a", [0.5f, 0.3f, 0.2f]), ("c", [0.1f, 0.1f, 0.8f]), ("b", [0.25f, 0.5f, 0.25f]), ("a", [0, 1, 0]), ("c", [1, 0, 0]),
    ];

    /// <summary>A view with Label (a key in order of occurrence), Score and PredictedLabel.</summary>
    public static IDataView View(MLContext mlContext, IEnumerable<(string Label, float[] Scores)> rows)
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(rows.Select(row => new ScoredRow { Text = row.Label, Score = row.Scores }).ToList(), Definition(rows.First().Scores.Length, null));
        return mlContext.Transforms.Conversion.MapValueToKey("Label", "Text").Fit(data).Transform(data);
    }

    /// <summary>As many rows for each pair (actual, predicted) as told; the Score column has the names given, if any.</summary>
    public static IDataView Counted(MLContext mlContext, int classes, string[]? names, Func<int, int, int> count)
    {
        List<KeyedRow> rows = [];
        for (int pair = 0; pair < classes * classes; pair++)
        {
            var scores = new float[classes];
            scores[pair % classes] = 1;
            rows.AddRange(Enumerable.Repeat(new KeyedRow { Label = (uint)(pair / classes), Score = scores }, count(pair / classes, pair % classes)));
        }

        SchemaDefinition definition = SchemaDefinition.Create(typeof(KeyedRow));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), classes);
        SetScore(definition, classes, names);
        return mlContext.Data.LoadFromEnumerable(rows, definition);
    }

    private static SchemaDefinition Definition(int classes, string[]? names)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(ScoredRow));
        SetScore(definition, classes, names);
        return definition;
    }

    private static void SetScore(SchemaDefinition definition, int classes, string[]? names)
    {
        definition["Score"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, classes);
        definition["PredictedLabel"].ColumnType = new KeyDataViewType(typeof(uint), classes);
        if (names is not null)
        {
            ReadOnlyMemory<char>[] slots = [.. names.Select(name => name.AsMemory())];
            definition["Score"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(classes, slots), new VectorDataViewType(TextDataViewType.Instance, classes));
        }
    }

    private sealed class ScoredRow
    {
        public string Text { get; set; } = "";

        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class KeyedRow
    {
        public uint Label { get; set; }

        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
