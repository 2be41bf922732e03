using System.Reflection;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Training is stopped by the receiver of progress, by a token or by the host, and Fit returns the best model so far.</summary>
[TestClass]
public class StoppingTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly List<string> _lines = [];

    public StoppingTests() => _mlContext.Log += (_, line) => _lines.Add(line.Message);

    [TestMethod]
    [DataRow("callback")]
    [DataRow("token")]
    [DataRow("host")]
    public void Fit_returns_the_model_in_a_chain_and_the_log_and_the_model_tell(string means)
    {
        IDataView data = Blobs.View(_mlContext);
        using var source = new CancellationTokenSource();
        Action<SalTrainingProgress> stop = means switch
        {
            "callback" => progress => progress.Stop(),
            "token" => _ => source.Cancel(),
            _ => _ => CancelHost(),
        };
        SalMulticlassTrainer.Options options = Options(stop, after: 3);
        (options.KeepModelOnCancellation, options.CancellationToken) = (means != "callback", source.Token);

        var chain = _mlContext.MulticlassClassification.Trainers.Sal(options)
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);

        SalMulticlassModelParameters model = ((IEnumerable<ITransformer>)chain)
            .OfType<SalMulticlassPredictionTransformer>().Single().Model;
        int kept = model.TrainingInfo!.KeptEpoch, stopped = model.TrainingInfo.StoppedInEpoch!.Value;
        Assert.HasCount(kept, model.History.Epochs);
        Assert.Contains(
            $"Training was stopped in epoch {stopped} of 1000000. The model is that of epoch {kept}, the last complete one.",
            _lines.Single(line => line.Contains("stopped", StringComparison.Ordinal)));
        if (means != "host") // which is asked every 50 ms
        {
            Assert.AreEqual((3, 3), (kept, stopped));
        }

        // A canceled context trains nothing more.
        var fresh = new MLContext(seed: 1);
        SalMulticlassTrainer undisturbed = fresh.MulticlassClassification.Trainers.Sal(Options(_ => { }, after: 0, epochs: kept));
        CollectionAssert.AreEqual(undisturbed.Fit(Blobs.View(fresh)).Model.ModelBytes(), model.ModelBytes());
    }

    [TestMethod]
    public void With_validation_rows_the_log_names_the_best_epoch()
    {
        SalMulticlassTrainer.Options options = Options(progress => progress.Stop(), after: 6);
        (options.ValidationFraction, options.LearningRate) = (0.2, 0.5);

        SalMulticlassModelParameters model =
            _mlContext.MulticlassClassification.Trainers.Sal(options).Fit(Blobs.View(_mlContext)).Model;

        SalEpoch best = model.History.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.IsLessThan(6, best.Epoch);
        string loss = best.ValidationLoss!.Value.ToString("F4", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(
            "Training was stopped in epoch 6 of 1000000. "
            + $"The model is that of epoch {best.Epoch}, the best on the validation rows (loss {loss}).",
            _lines.Single(line => line.Contains("stopped", StringComparison.Ordinal)));
        Assert.AreEqual((best.Epoch, 6), (model.TrainingInfo!.KeptEpoch, model.TrainingInfo.StoppedInEpoch));
    }

    [TestMethod]
    public void Canceled_while_rows_are_read_there_is_nothing_to_keep()
    {
        int reads = 0;
        using var source = new CancellationTokenSource();
        SalMulticlassTrainer.Options options = Options(_ => { }, after: 0);
        (options.KeepModelOnCancellation, options.CancellationToken) = (true, source.Token);

        OperationCanceledException error = Assert.ThrowsExactly<OperationCanceledException>(
            () => _mlContext.MulticlassClassification.Trainers.Sal(options).Fit(Blobs.View(_mlContext, CancelingRows())));

        Assert.AreEqual(
            "Training was canceled while its rows were being read, so KeepModelOnCancellation has no model to keep.", error.Message);

        IEnumerable<LabeledRow<string>> CancelingRows()
        {
            foreach ((int i, LabeledRow<string> row) in Blobs.Rows().Index())
            {
                if (i == 80 && reads++ > 0) // MapValueToKey reads the rows first
                {
                    source.Cancel();
                }

                yield return row;
            }
        }
    }

    private void CancelHost() =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(_mlContext, null);

    // The learning rate is constant, so that it does not depend on the number of epochs.
    private static SalMulticlassTrainer.Options Options(Action<SalTrainingProgress> stop, int after, int epochs = 1_000_000) =>
        SmallTrainer.Options(options =>
        {
            (options.NumberOfAreas, options.NumberOfEpochs, options.Schedule) = (1, epochs, LearningRateSchedule.Constant);
            options.Progress = new Receiver(progress =>
            {
                if (progress.FinishedEpochs == after)
                {
                    stop(progress);
                }
            });
        });

    private sealed class Receiver(Action<SalTrainingProgress> receive) : IProgress<SalTrainingProgress>
    {
        public void Report(SalTrainingProgress value) => receive(value);
    }
}
