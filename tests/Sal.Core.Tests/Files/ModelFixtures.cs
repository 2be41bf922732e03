using System.Globalization;
using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Files;

/// <summary>
/// Model files as written by each format version, with the probabilities that the writer computed. If the environment variable
/// SAL_FIXTURES names a folder, <see cref="ModelFixtureTests"/> writes the files of the current version there.
/// </summary>
internal static class ModelFixtures
{
    public const int RowCount = 20;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures");

    /// <summary>
    /// Gets the models: areas with feedback, residual layers without feedback, sparse input, and thresholds beside missing values.
    /// </summary>
    public static IReadOnlyDictionary<string, (int Features, int Classes, SalTrainingOptions Options)> Kinds { get; } =
        new Dictionary<string, (int, int, SalTrainingOptions)>
        {
            ["areas"] = (12, 4, Options(3, 16, 2)),
            ["residual"] = (5, 3, Options(2, 8, 3, options =>
            {
                options.Residual = true;
                options.Activation = ActivationKind.Tanh;
                options.RoutedLayers = RoutedLayers.FirstOnly;
                options.Rule = LearningRule.Backpropagation;
                options.Router = RouterKind.RandomHyperplanes;
                options.InputClip = null;
            })),
            ["sparse"] = (520, 3, Options(1, 8, 2)),
            ["missing"] = (4, 3, Options(2, 8, 2, options => options.ThresholdsPerFeature = 5)),
        };

    /// <summary>Gets the models saved by a version.</summary>
    public static IEnumerable<string> KindsOf(int version) => Kinds.Keys.Where(kind => version > 1 || kind != "missing");

    public static bool Exists(int version, string kind) => File.Exists(PathOf(Folder, version, kind, "sal"));

    public static byte[] Bytes(int version, string kind) => File.ReadAllBytes(PathOf(Folder, version, kind, "sal"));

    /// <summary>Reads the expected probabilities, one row per line.</summary>
    public static float[][] Expected(int version, string kind) =>
        [.. File.ReadLines(PathOf(Folder, version, kind, "txt"))
            .Select(line => line.Split(' ').Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>Creates the row to score with the given number. Some rows hold values that no training row has.</summary>
    public static float[] Row(int features, int number)
    {
        var random = new Random(number);
        float[] row =
            [.. Enumerable.Range(0, features).Select(_ => features > 100 && random.Next(20) > 0 ? 0 : random.NextSingle() * 4 - 2)];
        row[number % features] = number switch { 17 => float.NaN, 18 => float.PositiveInfinity, 19 => -1e38f, _ => row[number % features] };
        return row;
    }

    public static SalModel Train(string kind)
    {
        (int features, int classes, SalTrainingOptions options) = Kinds[kind];
        var builder = new TrainingSetBuilder(features, classes);
        for (int i = 0; i < 160; i++)
        {
            float[] row = Row(features, 100 + i);
            row[i % classes] += 3;
            if (kind == "missing" && i % 5 == 0)
            {
                row[i % features] = float.NaN;
            }

            builder.TryAdd(row, i % classes);
        }

        return new SalTrainer(options).Train(builder.Build()).Model;
    }

    public static float[] Predict(SalModel model, int row)
    {
        var probabilities = new float[model.ClassCount];
        model.Predict(Row(model.FeatureCount, row), probabilities);
        return probabilities;
    }

    public static void Write(string folder, int version, string kind)
    {
        SalModel model = Train(kind);
        using (FileStream stream = File.Create(PathOf(folder, version, kind, "sal")))
        {
            model.Save(stream);
        }

        File.WriteAllLines(
            PathOf(folder, version, kind, "txt"),
            Enumerable.Range(0, RowCount)
                .Select(row => string.Join(' ', Predict(model, row).Select(p => p.ToString("R", CultureInfo.InvariantCulture)))));
    }

    private static string PathOf(string folder, int version, string kind, string extension) =>
        Path.Combine(folder, $"version-{version}-{kind}.{extension}");

    private static SalTrainingOptions Options(int areas, int units, int layers, Action<SalTrainingOptions>? change = null)
    {
        var options = new SalTrainingOptions
        {
            NumberOfAreas = areas, HiddenUnits = units, NumberOfLayers = layers, NumberOfEpochs = 6, LearningRate = 0.01, Seed = 5,
        };
        change?.Invoke(options);
        return options;
    }
}
