using System.Globalization;
using System.IO.Compression;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Tests.Data;

/// <summary>A data set that ships with the tests, and its stratified splits.</summary>
internal sealed class ShippedSet
{
    private const double TestShare = 0.2;

    private readonly float[][] _features;
    private readonly int[] _labels;

    private ShippedSet(float[][] features, int[] labels)
    {
        _features = features;
        _labels = labels;
    }

    /// <summary>1,797 x 64, 10 classes.</summary>
    public static ShippedSet Digits()
    {
        float[][] rows = [.. File.ReadLines(PathOf("digits.csv")).Select(line => Numbers(line, ','))];
        return new ShippedSet([.. rows.Select(row => row[..64])], [.. rows.Select(row => (int)row[64])]);
    }

    /// <summary>1,593 x 256, 10 classes.</summary>
    public static ShippedSet Semeion()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathOf("semeion.data.gz")), CompressionMode.Decompress));
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        float[][] rows = [.. lines.Select(line => Numbers(line, ' '))];
        return new ShippedSet([.. rows.Select(row => row[..256])], [.. rows.Select(row => Array.IndexOf(row, 1f, 256) - 256)]);
    }

    /// <summary>The rows to train on: four fifths of each class.</summary>
    public TrainingSet Training(int seed)
    {
        HashSet<int> test = TestRows(seed);
        return Build(Enumerable.Range(0, _labels.Length).Where(row => !test.Contains(row)));
    }

    /// <summary>The rows held out.</summary>
    public TrainingSet Held(int seed) => Build(TestRows(seed).Order());

    /// <summary>The share of the held-out rows that a model classifies correctly.</summary>
    public double Accuracy(SalModel model, int seed)
    {
        var probabilities = new float[model.ClassCount];
        HashSet<int> test = TestRows(seed);
        int correct = 0;
        foreach (int row in test)
        {
            model.Predict(_features[row], probabilities);
            correct += Array.IndexOf(probabilities, probabilities.Max()) == _labels[row] ? 1 : 0;
        }

        return (double)correct / test.Count;
    }

    public ReadOnlySpan<float> Features(int row) => _features[row];

    private TrainingSet Build(IEnumerable<int> rows)
    {
        var builder = new TrainingSetBuilder(_features[0].Length, _labels.Max() + 1);
        foreach (int row in rows)
        {
            builder.TryAdd(_features[row], _labels[row]);
        }

        return builder.Build();
    }

    private HashSet<int> TestRows(int seed)
    {
        var random = new Random(seed);
        var test = new HashSet<int>();
        foreach (IGrouping<int, int> rows in Enumerable.Range(0, _labels.Length).GroupBy(row => _labels[row]).OrderBy(group => group.Key))
        {
            int[] shuffled = [.. rows];
            random.Shuffle(shuffled);
            test.UnionWith(shuffled.Take((int)Math.Round(shuffled.Length * TestShare)));
        }

        return test;
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private static float[] Numbers(string line, char separator) =>
        [.. line.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];
}
