using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Sal.Core.Data;
using Sal.Core.Model;

namespace Sal.Core.Training.Checkpoints;

/// <summary>
/// Everything that a model depends on, as lines "name: value": options by their values, rows and models by their hashes. Training may
/// resume from a checkpoint only if all lines match.
/// </summary>
internal sealed class TrainingFingerprint(IReadOnlyList<string> lines)
{
    // All other options count, including any that are added later.
    private static readonly string[] _optionsWithoutEffect =
    [
        nameof(SalTrainingOptions.NumberOfThreads), nameof(SalTrainingOptions.TimeBudgetSeconds),
        nameof(SalTrainingOptions.CheckpointPath), nameof(SalTrainingOptions.CheckpointIntervalSeconds), nameof(SalTrainingOptions.Resume),
        nameof(SalTrainingOptions.KeepModelOnCancellation),
    ];

    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>Computes the fingerprint of a training run.</summary>
    /// <param name="options">The options, with open ones already chosen.</param>
    /// <param name="inputs">The inputs of the run.</param>
    /// <param name="limits">The limits of the run.</param>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public static TrainingFingerprint Compute(SalTrainingOptions options, TrainingInputs inputs, TrainingLimits limits) => new(
    [
        $"version of Sal.Core: {typeof(SalTrainer).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version}",
        .. typeof(SalTrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(option => !_optionsWithoutEffect.Contains(option.Name))
            .Select(option => $"{option.Name}: {Convert.ToString(option.GetValue(options) ?? "not set", CultureInfo.InvariantCulture)}")
            .Order(StringComparer.Ordinal),
        $"classes: {(inputs.Rows.ClassNames is { } names ? Shorten(string.Join(", ", names)) : "without names")}",
        $"training rows: {Describe(inputs.Rows, limits)}",
        $"validation rows: {(inputs.ValidationRows is { } rows ? Describe(rows, limits) : "none")}",
        $"start model: {(inputs.Start is { } start ? Describe(start) : "none")}",
    ]);

    /// <summary>Describes the differences; empty if there are none.</summary>
    public string Differences(TrainingFingerprint checkpoint)
    {
        Dictionary<string, string> was = checkpoint.Lines.ToDictionary(Name, Value), now = Lines.ToDictionary(Name, Value);
        return string.Join("; ", was.Keys.Union(now.Keys)
            .Where(name => was.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name =>
                $"{name}: {was.GetValueOrDefault(name, "unknown")} in the checkpoint, {now.GetValueOrDefault(name, "unknown")} now"));

        static string Name(string line) => line[..line.IndexOf(':', StringComparison.Ordinal)];
        static string Value(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..];
    }

    private static string Describe(TrainingSet rows, TrainingLimits limits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int row = 0; row < rows.RowCount; row++)
        {
            limits.ThrowIfCanceled();

            // The number of values is hashed too, so that the same values split into rows differently have a different hash.
            FeatureVector features = rows.Features(row);
            hash.AppendData(MemoryMarshal.AsBytes<int>(
                [rows.Label(row), BitConverter.SingleToInt32Bits(rows.Weight(row)), features.Values.Length]));
            hash.AppendData(MemoryMarshal.AsBytes(features.Values));
            hash.AppendData(MemoryMarshal.AsBytes(features.Indices));
        }

        return $"{rows.RowCount} of {rows.FeatureCount}{(rows.IsSparse ? " sparse" : "")} features and {rows.ClassCount} classes, "
            + $"hash {Shorten(hash.GetHashAndReset())}";
    }

    private static string Describe(SalModel model)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            model.Save(stream);
        }

        return $"hash {Shorten(hash.Hash!)}";
    }

    // Names may be many, long, and of several lines; the hash tells what is cut off.
    private static string Shorten(string names)
    {
        const int Length = 80;
        string line = names.ReplaceLineEndings(" ");
        return line == names && line.Length <= Length
            ? line
            : $"{line.AsSpan(0, Math.Min(Length, line.Length))}..., hash {Shorten(SHA256.HashData(Encoding.UTF8.GetBytes(names)))}";
    }

    private static string Shorten(byte[] hash) => Convert.ToHexStringLower(hash, 0, 16);
}
