using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sal.Benchmarks.Data;
using Sal.Core.Data;
using Sal.Core.Training;

namespace Sal.Benchmarks.Contenders;

/// <summary>
/// A classifier of scikit-learn or XGBoost, if Python has it. Rows go to Python and probabilities come back in temporary files.
/// </summary>
internal sealed class PythonContender(string name) : IContender
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Contenders", "peers.py");

    private readonly Lazy<string?> _obstacle = new(() => Probe(name));

    public string Name => name;

    public string? Obstacle => _obstacle.Value;

    // The system's Python sees the distribution's packages, even if another one comes first in the path.
    private static string Python =>
        Environment.GetEnvironmentVariable("SAL_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    public Outcome Run(Trial trial, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sal-benchmarks-");
        try
        {
            Write(trial, folder.FullName);
            string seed = trial.Seed.ToString(CultureInfo.InvariantCulture);
            (int exitCode, string output, string error) = Start([Script, name, folder.FullName, seed]);
            if (exitCode != 0)
            {
                throw new PeerException($"exit code {exitCode}: {error.Trim().Split('\n')[^1]}");
            }

            JsonElement figures = JsonDocument.Parse(output).RootElement;
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder.FullName, "probabilities.f32"));
            float[] probabilities = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            long? parameters = figures.GetProperty("parameters") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
            return new Outcome(probabilities, figures.GetProperty("train_seconds").GetDouble(), figures.GetProperty("score_us").GetDouble())
            {
                ActiveParameters = parameters,
                TotalParameters = parameters,
                DependsOnSeed = figures.GetProperty("depends_on_seed").GetBoolean(),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(Trial trial, string folder)
    {
        LabeledRows rows = trial.Set.Rows;
        using TrainingSet training = rows.ToTrainingSet(trial.Split.Training);
        SalTrainingOptions defaults = AutomaticOptions.Choose(new SalTrainingOptions(), training);
        File.WriteAllText(Path.Combine(folder, "shape.json"), JsonSerializer.Serialize(new
        {
            features = rows.FeatureCount,
            classes = rows.ClassCount,
            common = trial.Set.Scaling == InputScaling.Common,
            hidden = defaults.HiddenUnits,
            layers = defaults.NumberOfLayers,
            epochs = defaults.NumberOfEpochs,
            batch = defaults.BatchSize,
        }));
        WriteFeatures(Path.Combine(folder, "train.f32"), rows, trial.Split.Training);
        WriteFeatures(Path.Combine(folder, "test.f32"), rows, trial.Split.Test);
        int[] labels = [.. trial.Split.Training.Select(rows.Label)];
        File.WriteAllBytes(Path.Combine(folder, "train.i32"), MemoryMarshal.AsBytes<int>(labels));
    }

    private static void WriteFeatures(string path, LabeledRows rows, int[] picked)
    {
        using var stream = new BufferedStream(File.Create(path), 1 << 20);
        foreach (int row in picked)
        {
            stream.Write(MemoryMarshal.AsBytes(rows.Features(row)));
        }
    }

    private static string? Probe(string name)
    {
        try
        {
            (int exitCode, _, string error) = Start([Script, "--probe", name]);
            return exitCode == 0 ? null : error.Trim().Split('\n')[^1];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"there is no {Python}";
        }
    }

    private static (int ExitCode, string Output, string Error) Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Threads that spin are slower by a factor of 25 if other work shares the cores.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "passive");
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{Python} did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
