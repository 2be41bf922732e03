using Sal.Core.Data;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Sal.Core.Tests.Onnx;

/// <summary>Rows, and models trained on them for an epoch or two: long enough for the areas to differ.</summary>
internal sealed class TrainedModels(float[][] rows, int[] labels)
{
    public IReadOnlyList<float[]> Rows => rows;

    public static TrainedModels Digits()
    {
        float[][] cells = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"))
            .Select(line => line.Split(',').Select(float.Parse).ToArray())];
        return new TrainedModels([.. cells.Select(row => row[..64])], [.. cells.Select(row => (int)row[64])]);
    }

    /// <summary>Creates rows like those of the Letter set: 26 classes and 16 features that are integers from 0 to 15.</summary>
    public static TrainedModels LetterLike(int count)
    {
        var random = new Random(5);
        float[][] centers =
            [.. Enumerable.Range(0, 26).Select(_ => Enumerable.Range(0, 16).Select(_ => 3 + 9 * random.NextSingle()).ToArray())];
        int[] labels = [.. Enumerable.Range(0, count).Select(row => row % 26)];
        float[][] rows = [.. labels.Select(label => centers[label].Select(Near).ToArray())];
        return new TrainedModels(rows, labels);

        float Near(float center) => Math.Clamp(MathF.Round(center + 5 * (random.NextSingle() - 0.5f)), 0, 15);
    }

    /// <summary>Creates rows like the word counts of texts: 5 classes and 600 features, of which a row has at most 20.</summary>
    public static TrainedModels TextLike(int count)
    {
        var random = new Random(6);
        int[] labels = [.. Enumerable.Range(0, count).Select(row => row % 5)];
        return new TrainedModels([.. labels.Select(label => Words(label))], labels);

        float[] Words(int label)
        {
            var row = new float[600];
            for (int i = 0; i < 20; i++)
            {
                row[random.Next(2) == 0 ? 100 * label + random.Next(100) : random.Next(row.Length)]++;
            }

            return row;
        }
    }

    public SalModel Train(Action<SalTrainingOptions> change)
    {
        var options = new SalTrainingOptions { NumberOfAreas = 1, NumberOfEpochs = 2, Seed = 3 };
        change(options);
        var builder = new TrainingSetBuilder(rows[0].Length, labels.Max() + 1);
        for (int row = 0; row < rows.Length; row++)
        {
            builder.TryAdd(rows[row], labels[row]);
        }

        return new SalTrainer(options).Train(builder.Build()).Model;
    }

    public static byte[] Onnx(SalModel model)
    {
        using var stream = new MemoryStream();
        model.SaveOnnx(stream);
        return stream.ToArray();
    }
}
