using System.Text.RegularExpressions;

namespace Packaging.Tests;

/// <summary>
/// What docs/saving.md says about hosts that load plugins: a program that references ML.NET alone, and a folder with a plugin that
/// references the trainer, in a load context of its own.
/// </summary>
[TestClass]
public partial class PluginHostTests
{
    private static UserPrograms? _programs;
    private static string _page = "";

    [ClassInitialize]
    public static void Build(TestContext _)
    {
        _page = DocumentationPage.Read("docs", "saving.md");
        _programs = new UserPrograms();
        string pipeline = Path.Combine(ProgramRun.Repository, "tests", "Microsoft.ML.Sal.Tests", "Fixtures", "pipeline-1.zip");
        File.Copy(pipeline, _programs.File("digits.zip"));
        _programs.Add(
            "Plugin",
            Plugin,
            UserPrograms.MLNet + UserPrograms.Trainer,
            "<OutputType>Library</OutputType><EnableDynamicLoading>true</EnableDynamicLoading>");
        _programs.Add("PageHost", PageHost(), UserPrograms.MLNet);
        _programs.Add("Host", Host, UserPrograms.MLNet);
        _programs.Build("build");
        Directory.CreateSymbolicLink(_programs.File("plugin"), _programs.Output("Plugin"));
    }

    [ClassCleanup]
    public static void Delete() => _programs?.Dispose();

    [TestMethod]
    public void The_code_of_the_page_loads_a_model_whose_trainer_is_in_a_plugin() =>
        Assert.AreEqual("Vector<Single, 3>\n", _programs!.Run("PageHost"));

    [TestMethod]
    public void Without_the_trainer_loading_fails_with_the_exceptions_that_the_page_shows()
    {
        string output = Blanks.Replace(_programs!.Run("Host", "nothing"), " ").Trim();

        Assert.Contains("System.IO.FileNotFoundException: Could not load file or assembly 'Microsoft.ML.Sal, ", output);
        Assert.Contains(output, Blanks.Replace(_page, " "));
    }

    [TestMethod]
    public void Registering_the_assembly_is_neither_enough_nor_needed()
    {
        Assert.Contains("FileNotFoundException", _programs!.Run("Host", "register"));
        Assert.AreEqual("loaded\n", _programs.Run("Host", "enter"));
    }

    [TestMethod]
    public void A_context_that_was_left_again_does_not_help() =>
        Assert.Contains("FileNotFoundException", _programs!.Run("Host", "enter and leave"));

    [TestMethod]
    public void A_resolver_of_the_default_context_is_enough() => Assert.AreEqual("loaded\n", _programs!.Run("Host", "resolving"));

    [TestMethod]
    public void A_plugin_with_an_MLNet_of_its_own_needs_nothing() =>
        Assert.AreEqual("Vector<Single, 3>\n", _programs!.Run("Host", "all in the plugin"));

    // The page's program loads; that the model works is seen by its output.
    private static string PageHost()
    {
        const string Class = "internal sealed class PluginContext";
        string code = DocumentationPage.Code(_page, "plugin");
        Assert.Contains(Class, code);
        return code.Replace(
            Class,
            $"""Console.WriteLine(model.GetOutputSchema(inputSchema)["Score"].Type);{"\n\n"}{Class}""",
            StringComparison.Ordinal);
    }

    private const string Plugin = """
        using Microsoft.ML;

        public static class Scoring
        {
            public static string Load(string path)
            {
                ITransformer model = new MLContext().Model.Load(path, out DataViewSchema schema);
                return model.GetOutputSchema(schema)["Score"].Type.ToString()!;
            }

            public static ITransformer Train(MLContext mlContext, IDataView rows) =>
                mlContext.MulticlassClassification.Trainers.Sal().Fit(rows);
        }
        """;

    private const string Host = """
        using System.Reflection;
        using System.Runtime.Loader;
        using Microsoft.ML;

        string way = args[0];
        var mlContext = new MLContext();
        var plugin = new PluginContext(Path.GetFullPath("plugin/Plugin.dll"), sharesMLNet: way != "all in the plugin");
        var sal = new AssemblyName("Microsoft.ML.Sal");
        switch (way)
        {
            case "register":
                mlContext.ComponentCatalog.RegisterAssembly(plugin.LoadFromAssemblyName(sal));
                break;
            case "enter":
                plugin.EnterContextualReflection();
                break;
            case "enter and leave":
                plugin.EnterContextualReflection().Dispose();
                break;
            case "resolving":
                AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == sal.Name ? plugin.LoadFromAssemblyName(name) : null;
                break;
            case "all in the plugin":
                Assembly assembly = plugin.LoadFromAssemblyName(new AssemblyName("Plugin"));
                Console.WriteLine(assembly.GetType("Scoring")!.GetMethod("Load")!.Invoke(null, ["digits.zip"]));
                return;
        }

        try
        {
            mlContext.Model.Load("digits.zip", out _);
            Console.WriteLine("loaded");
        }
        catch (Exception exception)
        {
            // The exception and those inside it, without their stacks.
            for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
            {
                Console.WriteLine($"{(inner == exception ? "" : "---> ")}{inner.GetType()}: {inner.Message}");
            }
        }

        internal sealed class PluginContext(string path, bool sharesMLNet) : AssemblyLoadContext("plugin")
        {
            private readonly AssemblyDependencyResolver _resolver = new(path);

            protected override Assembly? Load(AssemblyName name)
            {
                bool isShared = sharesMLNet && name.Name!.StartsWith("Microsoft.ML.") && name.Name != "Microsoft.ML.Sal";
                return !isShared && _resolver.ResolveAssemblyToPath(name) is { } file ? LoadFromAssemblyPath(file) : null;
            }
        }
        """;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }
}
