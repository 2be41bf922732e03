using System.Text.Json.Nodes;

namespace ScoringService.Tests;

/// <summary>A model's file is replaced while the service runs.</summary>
[TestClass]
public class ReloadTests
{
    [TestMethod]
    public async Task No_request_fails_while_models_are_swapped_and_each_answer_is_of_the_version_it_names()
    {
        const int Swaps = 12;
        await using RunningService service = await RunningService.StartDigitsAsync("--MaxConcurrentRequests=1000");
        Digit digit = Digit.All[5];
        var request = new JsonObject { ["features"] = PredictionTests.Values(digit.Pixels) };
        string[] versions = [await service.VersionAsync(), ""];
        byte[][] files = [SavedModels.Digits, SavedModels.OtherDigits];
        float[][] expected = [.. files.Select(file =>
        {
            float[] probabilities = new float[10];
            SavedModels.ParametersOf(SavedModels.Load(file)).Model.Predict(digit.Pixels, probabilities);
            return probabilities;
        })];

        using var end = new CancellationTokenSource();
        Task<int>[] clients = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            for (; !end.IsCancellationRequested; count++)
            {
                JsonObject answer = await service.PredictAsync(request.DeepClone().AsObject());
                int version = answer["version"]!.GetValue<string>() == versions[0] ? 0 : 1;
                CollectionAssert.AreEqual(expected[version], PredictionTests.Probabilities(answer));
            }

            return count;
        }))];
        for (int swap = 1; swap <= Swaps; swap++)
        {
            string before = await service.VersionAsync();
            service.Replace("digits", files[swap % 2]);
            await RunningService.UntilAsync(async () => await service.VersionAsync() != before, $"swap {swap}");
        }

        await end.CancelAsync();
        Assert.IsGreaterThan(Swaps, (await Task.WhenAll(clients)).Sum());
        Assert.AreEqual(Swaps, await service.MetricAsync("scoring_model_reloads_total", "succeeded"));
        Assert.AreEqual(0, await service.MetricAsync("scoring_model_reloads_total", "failed"));
        Assert.AreEqual(1, await service.MetricAsync("scoring_model_info"), "one version only");
    }

    [TestMethod]
    public async Task A_bad_file_keeps_the_old_model_and_a_good_one_replaces_it()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        string first = await service.VersionAsync();
        byte[] truncated = SavedModels.OtherDigits[..(SavedModels.OtherDigits.Length / 2)];
        int failures = 0;
        foreach (byte[] bad in new[] { [], [1, 2, 3], truncated })
        {
            service.Replace("digits", bad);
            failures++;
            await RunningService.UntilAsync(
                async () => await service.MetricAsync("scoring_model_reloads_total", "failed") == failures,
                $"bad file {failures} is noticed");
            Assert.AreEqual(first, await service.VersionAsync());
            await service.PredictAsync(new() { ["features"] = PredictionTests.Values(Digit.All[0].Pixels) });
        }

        File.Delete(service.Folder.File("digits.zip"));
        await RunningService.UntilAsync(
            async () => await service.MetricAsync("scoring_model_reloads_total", "failed") == failures + 1, "the missing file is noticed");
        Assert.AreEqual(first, await service.VersionAsync());
        service.Replace("digits", SavedModels.OtherDigits);
        await RunningService.UntilAsync(async () => await service.VersionAsync() != first, "the good file is taken");
    }

    [TestMethod]
    public async Task A_file_that_is_written_over_slowly_is_taken_when_it_is_whole()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        string first = await service.VersionAsync();
        string path = service.Folder.File("digits.zip");
        await using (FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (byte[] part in SavedModels.OtherDigits.Chunk((SavedModels.OtherDigits.Length / 8) + 1))
            {
                Assert.AreEqual(first, await service.VersionAsync());
                await file.WriteAsync(part);
                await file.FlushAsync();
                await Task.Delay(30);
            }
        }

        await RunningService.UntilAsync(async () => await service.VersionAsync() != first, "the whole file is taken");
    }

    [TestMethod]
    public async Task A_link_that_leads_elsewhere_is_followed()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        string first = await service.VersionAsync(), path = service.Folder.File("digits.zip");
        await File.WriteAllBytesAsync(service.Folder.File("second"), SavedModels.OtherDigits);
        try
        {
            File.CreateSymbolicLink($"{path}.new", "second");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Inconclusive($"No links here: {exception.Message}");
        }

        File.Move($"{path}.new", path, overwrite: true);
        await RunningService.UntilAsync(async () => await service.VersionAsync() != first, "the file that the link leads to is taken");
        service.Replace("second", SavedModels.Digits, extension: "");
        await RunningService.UntilAsync(async () => await service.VersionAsync() == first, "a change of the file behind the link is taken");
    }
}
