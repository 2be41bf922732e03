using Microsoft.ML.Runtime;

namespace Microsoft.ML.Sal.Tests.Pipeline;

/// <summary>The MLContext as an environment: its log, its randomness, its components.</summary>
[TestClass]
public class EnvironmentTests
{
    [TestMethod]
    public void Messages_of_every_component_come_to_the_log()
    {
        var mlContext = new MLContext(seed: 1);
        List<LoggingEventArgs> lines = [];
        mlContext.Log += (_, line) => lines.Add(line);
        IHost host = ((IHostEnvironment)mlContext).Register("Component");

        using (IChannel channel = host.Start("Work"))
        {
            channel.Info(MessageSensitivity.None, "half of {0} is {1}", 3, 1.5);
            channel.Warning(MessageSensitivity.None, "not {formatted}");
            channel.Error(MessageSensitivity.None, "wrong");
        }

        lines.RemoveAll(line => line.Kind == ChannelMessageKind.Trace);
        CollectionAssert.AreEqual(new[] { "half of 3 is 1.5", "not {formatted}", "wrong" }, lines.Select(line => line.RawMessage).ToArray());
        CollectionAssert.AreEqual(new[] { ChannelMessageKind.Info, ChannelMessageKind.Warning, ChannelMessageKind.Error }, lines.Select(line => line.Kind).ToArray());
        Assert.AreEqual("Component; Work", lines[0].Source);
        Assert.AreEqual("[Source=Component; Work, Kind=Info] half of 3 is 1.5", lines[0].Message);
    }

    [TestMethod]
    public void Components_of_contexts_with_one_seed_draw_the_same_numbers()
    {
        static int[] Draw(int? seed)
        {
            IHostEnvironment environment = new MLContext(seed);
            return [environment.Register("First").Rand.Next(), environment.Register("Second").Rand.Next()];
        }

        CollectionAssert.AreEqual(Draw(3), Draw(3));
        CollectionAssert.AreNotEqual(Draw(3), Draw(4));
        CollectionAssert.AreNotEqual(Draw(null), Draw(null));
        Assert.AreEqual(((IHostEnvironment)new MLContext(1)).Register("A", seed: 7).Rand.Next(), ((IHostEnvironment)new MLContext(2)).Register("A", seed: 7).Rand.Next());
    }

    [TestMethod]
    public void Progress_can_be_reported()
    {
        IHost host = ((IHostEnvironment)new MLContext(seed: 1)).Register("Component");

        using IProgressChannel progress = host.StartProgressChannel("Work");
        progress.SetHeader(new ProgressHeader(["loss"], ["epochs"]), entry => entry.SetProgress(0, 1, 2));
        progress.Checkpoint(0.5, 1);
    }

    [TestMethod]
    public void Assemblies_can_be_registered_more_than_once()
    {
        var mlContext = new MLContext();

        mlContext.ComponentCatalog.RegisterAssembly(typeof(SalCatalog).Assembly);
        mlContext.ComponentCatalog.RegisterAssembly(typeof(SalCatalog).Assembly);
    }
}
