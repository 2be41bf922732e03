using System.Text.Json;
using Sal.Core.Data;
using StbImageSharp;

namespace Sal.Benchmarks.Data;

/// <summary>CIFAR-10: 60,000 images of 32 x 32 pixels, of which the last 10,000 test.</summary>
internal static class CifarSet
{
    private const int Pixels = 1_024;

    /// <summary>Reads the images of the npm package; where that cannot be had, those as first published. They are the same.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="files">Where files are found.</param>
    /// <param name="isGray">Whether a pixel's three values become one, its brightness.</param>
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

        return new BenchmarkSet(name, new LabeledRows(features, [.. labels.Select(label => (int)label)], size, 10), InputScaling.Common, TrainingRows: 50_000);
    }

    /// <summary>Reads a batch as first published: of each image its class, then 1024 red, 1024 green and 1024 blue values.</summary>
    /// <returns>The classes, and pixels of three values each.</returns>
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
                (int colour, int pixel) = Math.DivRem(i, Pixels);
                pixels[(image * 3 * Pixels) + (3 * pixel) + colour] = batch[(image * Record) + 1 + i];
            }
        }

        return (labels, pixels);
    }

    /// <summary>Reads a batch of the npm package: a PNG image with an image of 1024 pixels per line.</summary>
    /// <returns>Pixels of three values each.</returns>
    public static byte[] ReadImage(byte[] png)
    {
        ImageResult image = ImageResult.FromMemory(png, ColorComponents.RedGreenBlue);
        return image.Width == Pixels ? image.Data : throw new InvalidDataException($"The image is {image.Width} pixels wide, not {Pixels}.");
    }

    private static (byte[] Labels, List<byte[]> Batches) Published(DataFiles files)
    {
        try
        {
            byte[] labels = [.. PublishedFiles.CifarLabels.SelectMany(file => JsonSerializer.Deserialize<int[]>(files.Read(file))!).Select(label => (byte)label)];
            return (labels, [.. PublishedFiles.CifarImages.Select(file => ReadImage(files.Read(file)))]);
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
