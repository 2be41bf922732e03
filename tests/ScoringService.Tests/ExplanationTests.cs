using System.Text.Json.Nodes;
using Sal.Core.Data;
using Sal.Core.Model;

namespace ScoringService.Tests;

/// <summary>Predictions are explained on request, by the columns of the pipeline.</summary>
[TestClass]
public class ExplanationTests
{
    [TestMethod]
    public async Task Contributions_are_those_of_the_engine_and_add_up_to_the_log_odds_of_the_answer()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        SalModel model = SavedModels.ParametersOf(SavedModels.Load(SavedModels.Digits)).Model;
        Digit[] digits = Digit.All[..20];
        var rows = new JsonArray([.. digits.Select(digit => PredictionTests.Values(digit.Pixels))]);

        JsonObject answer = await service.PredictAsync(new() { ["rows"] = rows, ["explain"] = true });

        foreach ((Digit digit, JsonNode? prediction) in digits.Zip(answer["predictions"]!.AsArray()))
        {
            var expected = new float[64];
            SalExplanation explanation = model.Explain(new FeatureVector(digit.Pixels), expected);
            JsonObject actual = prediction!["explanation"]!.AsObject();
            JsonObject contributions = actual["contributions"]!.AsObject();
            for (int i = 0; i < 64; i++)
            {
                Assert.AreEqual(expected[i], contributions[$"Features[{i}]"]?.GetValue<float>() ?? 0);
            }

            string other = actual["otherClass"]!.GetValue<string>();
            Assert.AreEqual($"{explanation.OtherClass}", other);
            AssertComplete(prediction, actual, other);
        }

        JsonObject single = await service.PredictAsync(new() { ["features"] = PredictionTests.Values(digits[0].Pixels), ["explain"] = true });
        Assert.AreEqual(answer["predictions"]![0]!["explanation"]!.ToJsonString(), single["explanation"]!.ToJsonString());
    }

    [TestMethod]
    public async Task Columns_that_become_several_features_are_explained_as_one()
    {
        await using RunningService service = await RunningService.StartAsync(
            new Dictionary<string, byte[]> { ["machines"] = SavedModels.Machines });
        string[] columns = ["Temperature", "Pressures", "Speed", "IsOld", "Material"];
        HashSet<string> seen = [];
        foreach (Machine machine in Machine.Make(20))
        {
            JsonObject answer = await service.PredictAsync(new() { ["features"] = PredictionTests.Row(machine), ["explain"] = true });
            JsonObject explanation = answer["explanation"]!.AsObject();
            seen.UnionWith(explanation["contributions"]!.AsObject().Select(pair => pair.Key));
            AssertComplete(answer, explanation, explanation["otherClass"]!.GetValue<string>());
        }

        CollectionAssert.AreEquivalent(columns, seen.ToArray());
    }

    [TestMethod]
    public async Task Without_a_request_there_is_no_explanation()
    {
        await using RunningService service = await RunningService.StartDigitsAsync();
        JsonArray row = PredictionTests.Values(Digit.All[0].Pixels);
        Assert.IsNull((await service.PredictAsync(new() { ["features"] = row.DeepClone() }))["explanation"]);
        Assert.IsNull((await service.PredictAsync(new() { ["features"] = row.DeepClone(), ["explain"] = false }))["explanation"]);
        foreach ((string explain, string reason) in new[]
        {
            ("\"explain\": 1", "'explain' must be true or false."),
            ("\"explain\": true, \"explain\": true", "'explain' is given twice."),
        })
        {
            using HttpResponseMessage response = await service.PostAsync($"{{\"features\": {row.ToJsonString()}, {explain}}}");
            Assert.AreEqual(400, (int)response.StatusCode);
            Assert.AreEqual(
                reason, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>());
        }
    }

    private static void AssertComplete(JsonNode answer, JsonObject explanation, string otherClass)
    {
        float predicted = answer["probabilities"]![answer["predictedLabel"]!.GetValue<string>()]!.GetValue<float>();
        float other = answer["probabilities"]![otherClass]!.GetValue<float>();
        double sum = explanation["baseline"]!.GetValue<double>()
            + explanation["contributions"]!.AsObject().Sum(pair => pair.Value!.GetValue<double>());
        Assert.AreEqual(Math.Log(predicted / other), sum, 1e-3);
    }
}
