using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Sal.Tests.Training;

[TestClass]
public class LogTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Each_epoch_is_one_line_in_the_log()
    {
        List<LoggingEventArgs> lines = [];
        IDataView data = Blobs.View(_mlContext, 30);
        _mlContext.Log += (_, line) => lines.Add(line);

        _mlContext.SmallSal().Fit(data);

        LoggingEventArgs[] epochs = [.. lines.Where(line => line.Message.Contains("Epoch ", StringComparison.Ordinal))];
        Assert.HasCount(8, epochs);
        Assert.Contains("Epoch 1/8 (Shared): loss ", epochs[0].Message);
        Assert.Contains("training accuracy ", epochs[0].Message);
        Assert.Contains("rows per area", epochs[^1].Message);
        Assert.IsTrue(epochs.All(line => line.Kind == ChannelMessageKind.Info));
        Assert.IsTrue(epochs.All(line => line.Source.Contains("SalMulticlassTrainer", StringComparison.Ordinal)));
        Assert.IsFalse(lines.Any(line => line.Kind is ChannelMessageKind.Warning or ChannelMessageKind.Error));
    }

    [TestMethod]
    public void Automatically_chosen_options_are_logged()
    {
        List<string> lines = [];
        IDataView data = Blobs.View(_mlContext, 30);
        _mlContext.Log += (_, line) => lines.Add(line.Message);

        _mlContext.SmallSal(options =>
        {
            options.NumberOfAreas = null;
            options.NumberOfEpochs = null;
            options.Seed = null;
            options.NumberOfThreads = null;
        }).Fit(data);

        string line = lines.Single(line => line.Contains("Auto-tuning parameters: ", StringComparison.Ordinal));
        string[] chosen =
            ["NumberOfAreas = 1", "NumberOfEpochs = 30", "BatchSize = 64", "AreaBatchSize = 32", "Seed = ", "NumberOfThreads = "];
        foreach (string option in chosen)
        {
            Assert.Contains(option, line);
        }
    }

    [TestMethod]
    public void Training_stops_when_the_environment_is_canceled()
    {
        IDataView data = Blobs.View(_mlContext, 30);
        int epochs = 0;
        _mlContext.Log += (_, line) =>
        {
            if (line.Message.Contains("Epoch ", StringComparison.Ordinal))
            {
                epochs++;
                Cancel(_mlContext);
            }
        };

        // The environment is checked every 50 ms; these epochs are shorter.
        Assert.Throws<OperationCanceledException>(() => _mlContext.SmallSal(options => options.NumberOfEpochs = 1_000_000).Fit(data));
        Assert.IsLessThan(100_000, epochs);
    }

    // AutoML calls this non-public method when its time is up.
    private static void Cancel(MLContext mlContext) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(mlContext, null);
}
