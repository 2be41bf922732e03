using System.Text.Json;
using Sal.Core.Data;
using StbImageSharp;

namespace Sal.Benchmarks.Data;

/// <summary>Reads CIFAR-10: 60,000 images of 32 x 32 pixels, the last 10,000 of which are the test set.</summary>
internal static class CifarSet
{
    private const int Pixels = 1_024;

    /// <summary>
    /// Reads the set from the npm package or, if that is not available, from the files first published: the images are the same.
    /// </summary>
    /// <param name="name">The name of the set.</param>
    /// <param name="files">Finds the files.</param>
    /// <param name="isGray">Whether to reduce the three values of each pixel to one, its brightness.</param>
    public static BenchmarkSet Read(string name, DataFiles files, bool isGray)
    {
        (byte[] labels, List<byte[]> batches) = Published(files);
        int size = isGray ? Pixels : 3 * Pixels;
        var features = new float[(long)labels.Length * size];
        int place = 0;
        foreach (byte[] pixels in batches)
        {
            for (int i = 0; i < pixels.Length; i += 3)
            {
                if (isGray)
                {
                    features[place++] = (0.299f * pixels[i]) + (0.587f * pixels[i + 1]) + (0.114f * pixels[i + 2]);
                }
                else
                {
                    features[place++] = pixels[i];
                    features[place++] = pixels[i + 1];
                    features[place++] = pixels[i + 2];
                }
            }
        }

        var rows = new LabeledRows(features, [.. labels.Select(label => (int)label)], size, 10);
        return new BenchmarkSet(name, rows, InputScaling.Common, TrainingRows: 50_000);
    }

    /// <summary>Reads a batch as first published: per image its class, then 1024 red, 1024 green and 1024 blue values.</summary>
    /// <returns>The classes, and the pixels, three values each.</returns>
    public static (byte[] Labels, byte[] Pixels) ReadBatch(byte[] batch)
    {
        const int Record = 1 + (3 * Pixels);
        int images = batch.Length / Record;
        var labels = new byte[images];
        var pixels = new byte[images * 3 * Pixels];
        for (int image = 0; image < images; image++)
        {
            labels[image] = batch[image * Record];
            for (int i = 0; i < 3 * Pixels; i++)
            {
                (int color, int pixel) = Math.DivRem(i, Pixels);
                pixels[(image * 3 * Pixels) + (3 * pixel) + color] = batch[(image * Record) + 1 + i];
            }
        }

        return (labels, pixels);
    }

    /// <summary>Reads a batch of the npm package: a PNG file that holds one image of 1024 pixels per line.</summary>
    /// <returns>The pixels, three values each.</returns>
    public static byte[] ReadImage(byte[] png)
    {
        ImageResult image = ImageResult.FromMemory(png, ColorComponents.RedGreenBlue);
        return image.Width == Pixels ? image.Data : throw new InvalidDataException(
            $"The image is {image.Width} pixels wide, not {Pixels}.");
    }

    private static (byte[] Labels, List<byte[]> Batches) Published(DataFiles files)
    {
        try
        {
            IEnumerable<int> labels = PublishedFiles.CifarLabels.SelectMany(file => JsonSerializer.Deserialize<int[]>(files.Read(file))!);
            return ([.. labels.Select(label => (byte)label)], [.. PublishedFiles.CifarImages.Select(file => ReadImage(files.Read(file)))]);
        }
        catch (FileNotFoundException inPackage)
        {
            try
            {
                (byte[] Labels, byte[] Pixels)[] batches = [.. PublishedFiles.CifarBatches.Select(file => ReadBatch(files.Read(file)))];
                return ([.. batches.SelectMany(batch => batch.Labels)], [.. batches.Select(batch => batch.Pixels)]);
            }
            catch (FileNotFoundException asPublished)
            {
                throw new FileNotFoundException($"{inPackage.Message}; {asPublished.Message}", asPublished);
            }
        }
    }
}
