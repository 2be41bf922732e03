using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Sal.Core.Tests.Onnx;

/// <summary>
/// A real ONNX runtime: the npm package onnxruntime-node under Node.js. It is installed under artifacts/ when first needed; where Node.js or the package cannot
/// be had, the test is inconclusive and tells the reason.
/// </summary>
internal static class OnnxRuntime
{
    private static readonly TimeSpan InstallationLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ScoringLimit = TimeSpan.FromSeconds(120);
    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Onnx");
    private static readonly string Packages = Path.Combine(Artifacts(), "onnxruntime");
    private static readonly Lazy<string?> ReasonForAbsence = new(Install);

    /// <summary>Ends the test as inconclusive where there is no runtime.</summary>
    public static void Require()
    {
        if (ReasonForAbsence.Value is { } reason)
        {
            Assert.Inconclusive($"No ONNX runtime to check with: {reason}");
        }
    }

    /// <summary>Scores all rows of the inputs, once for each batch size.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="inputs">The columns that the model takes.</param>
    /// <param name="outputs">The names of the outputs to read.</param>
    /// <param name="batches">The batch sizes.</param>
    /// <param name="timings">Whether to time a batch of each size.</param>
    public static IReadOnlyList<OnnxResult> Score(byte[] model, IEnumerable<JsonObject> inputs, string[] outputs, int[] batches, bool timings = false)
    {
        Require();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sal-tests-");
        string path = Path.Combine(folder.FullName, "model.onnx");
        File.WriteAllBytes(path, model);
        try
        {
            var job = new JsonObject
            {
                ["packages"] = Packages,
                ["model"] = path,
                ["inputs"] = new JsonArray([.. inputs]),
                ["outputs"] = new JsonArray([.. outputs.Select(name => JsonValue.Create(name))]),
                ["batches"] = new JsonArray([.. batches.Select(rows => JsonValue.Create(rows))]),
                ["timings"] = timings,
            };
            (int code, string output, string error) = Run("node", [Path.Combine(Sources, "score.cjs")], job.ToJsonString(), ScoringLimit, folder);
            Assert.AreEqual(0, code, error);
            return [.. JsonNode.Parse(output)!.AsArray().Select(result => new OnnxResult(result!.AsObject()))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A tensor of floats.</summary>
    /// <param name="name">The input.</param>
    /// <param name="shape">The dimensions of a row.</param>
    /// <param name="values">Row by row.</param>
    public static JsonObject Input(string name, int[] shape, float[] values) =>
        Input(name, "float32", shape, JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()))));

    /// <summary>A column of one text a row.</summary>
    public static JsonObject Input(string name, IEnumerable<string> values) => Input(name, "string", [1], new JsonArray([.. values.Select(value => JsonValue.Create(value))]));

    private static JsonObject Input(string name, string type, int[] shape, JsonNode data) =>
        new() { ["name"] = name, ["type"] = type, ["shape"] = new JsonArray([.. shape.Select(columns => JsonValue.Create(columns))]), ["data"] = data };

    // Null, or why it cannot be had.
    private static string? Install()
    {
        try
        {
            (int nodeCode, _, string nodeError) = Run("node", ["--version"], "", TimeSpan.FromSeconds(10));
            if (nodeCode != 0)
            {
                return $"node --version failed: {nodeError}";
            }

            Directory.CreateDirectory(Packages);
            using FileStream turn = Wait(Path.Combine(Packages, "installing")); // the test assemblies run side by side
            string manifest = File.ReadAllText(Path.Combine(Sources, "package.json"));
            string installed = Path.Combine(Packages, "installed");
            if (File.Exists(installed) && File.ReadAllText(installed) == manifest)
            {
                return null;
            }

            // Without scripts: the package holds the runtime for the processor, and its script would download those for graphics cards.
            File.WriteAllText(Path.Combine(Packages, "package.json"), manifest);
            string[] arguments = ["install", "--prefix", Packages, "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=30000"];
            (int code, _, string error) = OperatingSystem.IsWindows()
                ? Run("cmd", ["/c", "npm", .. arguments], "", InstallationLimit)
                : Run("npm", arguments, "", InstallationLimit);
            if (code != 0)
            {
                return $"npm install failed: {error.Trim()}";
            }

            (code, _, error) = Run("node", ["-e", "require(process.argv[1])", Path.Combine(Packages, "node_modules", "onnxruntime-node")], "", TimeSpan.FromSeconds(30));
            if (code != 0)
            {
                return $"onnxruntime-node does not load: {error.Trim()}";
            }

            File.WriteAllText(installed, manifest);
            return null;
        }
        catch (Win32Exception exception)
        {
            return $"Node.js is not installed ({exception.Message})";
        }
        catch (TimeoutException exception)
        {
            return exception.Message;
        }
    }

    private static FileStream Wait(string path)
    {
        DateTime limit = DateTime.UtcNow + InstallationLimit;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < limit)
            {
                Thread.Sleep(100);
            }
            catch (IOException)
            {
                throw new TimeoutException($"another process keeps {path} open");
            }
        }
    }

    private static (int Code, string Output, string Error) Run(string program, string[] arguments, string input, TimeSpan limit, DirectoryInfo? temporary = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (temporary is not null)
        {
            // The runtime leaves logs behind.
            Array.ForEach(["TMPDIR", "TEMP", "TMP"], name => start.Environment[name] = temporary.FullName);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} took longer than {limit.TotalSeconds} s");
        }

        return (process.ExitCode, output.Result, error.Result);
    }

    private static string Artifacts()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == "artifacts")
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
