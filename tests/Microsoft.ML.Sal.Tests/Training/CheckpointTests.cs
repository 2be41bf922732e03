using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Checkpoints through ML.NET; their contents are tested with the engine.</summary>
[TestClass]
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string CheckpointPath => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void An_interrupted_fit_resumes_to_the_bitwise_identical_model()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext), validation = Blobs.View(mlContext, Blobs.Rows(30, seed: 2));
        SalMulticlassModelParameters whole = mlContext.SmallSal().Fit(data, validation).Model;
        Interrupt(mlContext, data, validation);

        var listener = new Listener(_ => { });
        SalMulticlassModelParameters resumed = Trainer(mlContext, options => options.Progress = listener).Fit(data, validation).Model;

        CollectionAssert.AreEqual(whole.ModelBytes(), resumed.ModelBytes());
        Assert.HasCount(8, resumed.History.Epochs);
        CollectionAssert.AreEqual(new[] { 4, 5, 6, 7, 8 }, listener.Epochs);
    }

    [TestMethod]
    public void A_damaged_checkpoint_is_a_warning_in_the_log()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        byte[] whole = mlContext.SmallSal().Fit(data).Model.ModelBytes();
        Interrupt(mlContext, data);
        File.WriteAllText(CheckpointPath, "damaged");
        List<LoggingEventArgs> lines = [];
        mlContext.Log += (_, line) => lines.Add(line);

        CollectionAssert.AreEqual(whole, Trainer(mlContext).Fit(data).Model.ModelBytes());

        LoggingEventArgs warning = lines.Single(line => line.Kind == ChannelMessageKind.Warning);
        Assert.Contains(CheckpointPath, warning.Message);
        Assert.Contains("after 2 epochs", warning.Message);
    }

    [TestMethod]
    public void A_checkpoint_of_different_options_is_refused_with_their_names()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        Interrupt(mlContext, data);
        InvalidOperationException error =
            Assert.ThrowsExactly<InvalidOperationException>(() => Trainer(mlContext, options => options.Seed = 8).Fit(data));
        Assert.Contains("Seed: 7 in the checkpoint, 8 now", error.Message);
    }

    [TestMethod]
    public void Resuming_needs_a_path() => Assert.Contains(
        "CheckpointPath",
        Assert.ThrowsExactly<ArgumentException>(() => new MLContext().SmallSal(options => options.Resume = true)).Message);

    private SalMulticlassTrainer Trainer(MLContext mlContext, Action<SalMulticlassTrainer.Options>? change = null) =>
        mlContext.SmallSal(options =>
        {
            (options.CheckpointPath, options.CheckpointIntervalSeconds, options.Resume) = (CheckpointPath, 0, true);
            change?.Invoke(options);
        });

    // As if the process had ended after the third epoch.
    private void Interrupt(MLContext mlContext, IDataView data, IDataView? validation = null)
    {
        SalMulticlassTrainer trainer = Trainer(mlContext, options => options.Progress = new Listener(epoch =>
        {
            if (epoch == 3)
            {
                throw new InvalidTimeZoneException();
            }
        }));
        Assert.ThrowsExactly<InvalidTimeZoneException>(() => validation is null ? trainer.Fit(data) : trainer.Fit(data, validation));
    }

    private sealed class Listener(Action<int> onEpoch) : IProgress<SalTrainingProgress>
    {
        public List<int> Epochs { get; } = [];

        public void Report(SalTrainingProgress value)
        {
            Epochs.Add(value.FinishedEpochs);
            onEpoch(value.FinishedEpochs);
        }
    }
}
