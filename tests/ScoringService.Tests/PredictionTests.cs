using System.Net;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Sal.Core.Model;

namespace ScoringService.Tests;

/// <summary>The answers are those of the engine and of ML.NET, however the rows are given.</summary>
[TestClass]
public class PredictionTests
{
    [TestMethod]
    public async Task Answers_are_those_of_the_engine_and_of_a_prediction_engine()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        ITransformer saved = SavedModels.Load(SavedModels.Digits);
        SalModel model = SavedModels.ParametersOf(saved).Model;
        using var engine = new MLContext().Model.CreatePredictionEngine<Digit, DigitPrediction>(saved);
        Digit[] digits = Digit.All[..40];

        JsonArray batch = (await service.PredictAsync(new() { ["rows"] = Rows(digits) }))["predictions"]!.AsArray();
        Assert.HasCount(digits.Length, batch);
        foreach ((Digit digit, JsonNode? ofBatch) in digits.Zip(batch))
        {
            JsonObject answer = await service.PredictAsync(new() { ["features"] = Values(digit.Pixels) });
            float[] expected = new float[10];
            model.Predict(digit.Pixels, expected);
            DigitPrediction prediction = engine.Predict(digit);
            CollectionAssert.AreEqual(expected, Probabilities(answer));
            CollectionAssert.AreEqual(prediction.Score, Probabilities(answer));
            CollectionAssert.AreEqual(expected, Probabilities(ofBatch!));
            CollectionAssert.AreEqual(
                Enumerable.Range(0, 10).Select(i => $"{i}").ToArray(),
                answer["probabilities"]!.AsObject().Select(share => share.Key).ToArray());
            Assert.AreEqual($"{prediction.PredictedLabel}", answer["predictedLabel"]!.GetValue<string>());
            Assert.AreEqual($"{prediction.PredictedLabel}", ofBatch!["predictedLabel"]!.GetValue<string>());
            Assert.AreEqual(model.GetArea(digit.Pixels), answer["area"]!.GetValue<int>());
            Assert.AreEqual(model.GetArea(digit.Pixels), ofBatch["area"]!.GetValue<int>());
            Assert.AreEqual("digits", answer["model"]!.GetValue<string>());
        }

        Assert.IsGreaterThan(1, batch.Select(row => row!["area"]!.GetValue<int>()).Distinct().Count());
    }

    [TestMethod]
    public async Task Requests_at_the_same_time_get_their_own_answers()
    {
        await using RunningService service = await RunningService.StartDigitsAsync("--MaxConcurrentRequests=1000");
        SalModel model = SavedModels.ParametersOf(SavedModels.Load(SavedModels.Digits)).Model;
        await Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            Digit[] digits = Digit.All[i..(i + 1 + (i % 3))];
            JsonArray answers = (await service.PredictAsync(new() { ["rows"] = Rows(digits) }))["predictions"]!.AsArray();
            Assert.HasCount(digits.Length, answers);
            foreach ((Digit digit, JsonNode? answer) in digits.Zip(answers))
            {
                float[] expected = new float[10];
                model.Predict(digit.Pixels, expected);
                CollectionAssert.AreEqual(expected, Probabilities(answer!));
                Assert.AreEqual(model.GetArea(digit.Pixels), answer!["area"]!.GetValue<int>());
            }
        });
    }

    [TestMethod]
    public async Task Rows_are_given_by_the_names_of_the_columns()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]> { ["machines"] = SavedModels.Machines });
        ITransformer saved = SavedModels.Load(SavedModels.Machines);
        using var engine = new MLContext().Model.CreatePredictionEngine<Machine, MachinePrediction>(saved);
        foreach (Machine machine in Machine.Make(30))
        {
            JsonObject answer = await service.PredictAsync(new() { ["features"] = Row(machine) });
            MachinePrediction expected = engine.Predict(machine);
            CollectionAssert.AreEqual(expected.Score, Probabilities(answer));
            Assert.AreEqual(expected.PredictedLabel, answer["predictedLabel"]!.GetValue<string>());
            Assert.AreEqual(SavedModels.ParametersOf(saved).Model.GetArea(expected.Vector), answer["area"]!.GetValue<int>());
        }

        JsonObject withLabel = Row(Machine.Make(1)[0]);
        withLabel["Label"] = new JsonArray("not", "needed");
        await service.PredictAsync(new() { ["features"] = withLabel });
    }

    [TestMethod]
    public async Task Pooled_prediction_engines_score_at_the_same_time_whatever_the_width_of_the_features()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]> { ["machines"] = SavedModels.Machines, ["materials"] = SavedModels.Materials },
            "--MaxConcurrentRequests=1000");
        Machine[] machines = Machine.Make(40); // more than fit into one block of wide features
        machines[7].Material = "unknown";
        var rows = new JsonArray([.. machines.Select(Row)]);
        foreach ((string name, byte[] file) in new[] { ("machines", SavedModels.Machines), ("materials", SavedModels.Materials) })
        {
            using var engine = new MLContext().Model.CreatePredictionEngine<Machine, ScorePrediction>(SavedModels.Load(file));
            float[][] expected = [.. machines.Select(machine => engine.Predict(machine).Score)];
            await Parallel.ForAsync(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (_, _) =>
            {
                JsonObject answer = await service.PredictAsync(new() { ["model"] = name, ["rows"] = rows.DeepClone() });
                foreach ((float[] scores, JsonNode? prediction) in expected.Zip(answer["predictions"]!.AsArray()))
                {
                    CollectionAssert.AreEqual(scores, Probabilities(prediction!));
                }
            });
        }
    }

    [TestMethod]
    public async Task A_missing_value_is_NaN()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        SalModel model = SavedModels.ParametersOf(SavedModels.Load(SavedModels.Digits)).Model;
        float[] pixels = [.. Digit.All[0].Pixels];
        pixels[20] = float.NaN;
        float[] expected = new float[10];
        model.Predict(pixels, expected);
        JsonArray row = Values(Digit.All[0].Pixels);
        row[20] = null;
        CollectionAssert.AreEqual(expected, Probabilities(await service.PredictAsync(new() { ["features"] = row })));
    }

    [TestMethod]
    public async Task Several_models_are_told_apart_wherever_their_name_stands()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]>
            {
                ["first"] = SavedModels.Digits,
                ["second"] = SavedModels.OtherDigits,
                ["machines"] = SavedModels.Machines,
            });
        Digit digit = Digit.All[3];
        foreach ((string name, byte[] file) in new[] { ("first", SavedModels.Digits), ("second", SavedModels.OtherDigits) })
        {
            float[] expected = new float[10];
            SavedModels.ParametersOf(SavedModels.Load(file)).Model.Predict(digit.Pixels, expected);
            JsonObject nameFirst = new() { ["model"] = name, ["features"] = Values(digit.Pixels) };
            JsonObject nameLast = new() { ["features"] = Values(digit.Pixels), ["model"] = name };
            CollectionAssert.AreEqual(expected, Probabilities(await service.PredictAsync(nameFirst)));
            CollectionAssert.AreEqual(expected, Probabilities(await service.PredictAsync(nameLast)));
        }

        Assert.AreEqual("first", (await service.PredictAsync(new() { ["features"] = Values(digit.Pixels) }))["model"]!.GetValue<string>());
        await service.PredictAsync(new() { ["features"] = Row(Machine.Make(1)[0]), ["model"] = "machines" });
    }

    [TestMethod]
    public async Task Classes_keep_their_exact_names()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]> { ["names"] = SavedModels.TrainNumbers(LookalikeNames.All) });

        JsonObject answer = await service.PredictAsync(new() { ["features"] = new JsonArray(3) });
        JsonArray models = JsonNode.Parse(await service.Client.GetStringAsync("/models"))!.AsArray();

        KeyValuePair<string, JsonNode?>[] probabilities = [.. answer["probabilities"]!.AsObject()];
        CollectionAssert.AreEqual(LookalikeNames.All, probabilities.Select(share => share.Key).ToArray());
        string best = probabilities.MaxBy(share => share.Value!.GetValue<float>()).Key;
        Assert.AreEqual(best, answer["predictedLabel"]!.GetValue<string>());
        CollectionAssert.AreEqual(
            LookalikeNames.All, models[0]!["classes"]!.AsArray().Select(name => name!.GetValue<string>()).ToArray());
    }

    [TestMethod]
    public async Task The_models_are_described()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]> { ["digits"] = SavedModels.Digits, ["machines"] = SavedModels.Machines },
            "--Models:1:Name=a machine's");
        JsonArray models = JsonNode.Parse(await service.Client.GetStringAsync("/models"))!.AsArray();
        Assert.HasCount(2, models);
        Assert.AreEqual("""[{"name":"Features","type":"Single","size":64}]""", models[0]!["inputs"]!.ToJsonString());
        Assert.AreEqual(4, models[0]!["areas"]!.GetValue<int>());
        Assert.AreEqual(10, models[0]!["classes"]!.AsArray().Count);
        Assert.AreEqual("a machine's", models[1]!["name"]!.GetValue<string>());
        Assert.AreEqual(
            """[{"name":"Temperature","type":"Single"},{"name":"Pressures","type":"Single","size":2},"""
            + """{"name":"Speed","type":"Int32"},{"name":"IsOld","type":"Boolean"},{"name":"Material","type":"Text"}]""",
            models[1]!["inputs"]!.ToJsonString());
    }

    [TestMethod]
    public async Task Health_is_told()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        using HttpResponseMessage response = await service.Client.GetAsync("/healthz");
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual("ok", await response.Content.ReadAsStringAsync());
    }

    internal static JsonArray Values(IEnumerable<float> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static JsonArray Rows(IEnumerable<Digit> digits) => new([.. digits.Select(digit => Values(digit.Pixels))]);

    internal static JsonObject Row(Machine machine) => new()
    {
        ["Material"] = machine.Material,
        ["Temperature"] = machine.Temperature,
        ["Pressures"] = Values(machine.Pressures),
        ["IsOld"] = machine.IsOld,
        ["Speed"] = machine.Speed,
    };

    internal static float[] Probabilities(JsonNode answer) =>
        [.. answer["probabilities"]!.AsObject().Select(share => share.Value!.GetValue<float>())];

    private sealed class DigitPrediction
    {
        public int PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }

    private sealed class ScorePrediction
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class MachinePrediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];

        public float[] Vector { get; set; } = [];
    }
}
