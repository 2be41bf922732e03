using System.Reflection;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Training;

[TestClass]
public class OptionTests
{
    [TestMethod]
    [DynamicData(nameof(OptionViolations.All), typeof(OptionViolations))]
    public void An_out_of_range_option_is_named_with_its_range(string name, object value)
    {
        SalMulticlassTrainer.Options options = SmallTrainer.Options();
        typeof(SalMulticlassTrainer.Options).GetProperty(name)!.SetValue(options, value);

        ArgumentOutOfRangeException error =
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().MulticlassClassification.Trainers.Sal(options));

        Assert.AreEqual(name, error.ParamName);
        Assert.Contains(SalTrainingOptions.Constraints.Single(constraint => constraint.Name == name).Allowed, error.Message);
    }

    [TestMethod]
    [DataRow("LabelColumnName")]
    [DataRow("FeatureColumnName")]
    public void A_column_name_must_not_be_empty(string name)
    {
        SalMulticlassTrainer.Options options = SmallTrainer.Options();
        typeof(SalMulticlassTrainer.Options).GetProperty(name)!.SetValue(options, "");

        ArgumentOutOfRangeException error =
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().MulticlassClassification.Trainers.Sal(options));

        Assert.AreEqual(name, error.ParamName);
    }

    [TestMethod]
    public void The_model_is_the_same_without_a_cache()
    {
        var mlContext = new MLContext(seed: 1);
        List<string> lines = [];
        mlContext.Log += (_, line) => lines.Add(line.Message);
        IDataView data = Blobs.View(mlContext);
        SalMulticlassModelParameters cached = mlContext.SmallSal().Fit(data).Model;
        Assert.IsFalse(lines.Any(line => line.Contains("MaximumCacheMegabytes", StringComparison.Ordinal)));
        SalMulticlassModelParameters streamed = mlContext.SmallSal(options => options.MaximumCacheMegabytes = 0).Fit(data).Model;
        CollectionAssert.AreEqual(cached.ModelBytes(), streamed.ModelBytes());
        Assert.ContainsSingle(line => line.Contains("MaximumCacheMegabytes", StringComparison.Ordinal), lines);
    }

    [TestMethod]
    public void The_short_overload_validates_too() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().MulticlassClassification.Trainers.Sal(hiddenUnits: -1));

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1_000_001)]
    public void An_out_of_range_memory_budget_is_refused_by_name(int megabytes)
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => new MLContext().SmallSal(options => options.MaximumCacheMegabytes = megabytes));

        Assert.AreEqual("MaximumCacheMegabytes", error.ParamName);
        Assert.Contains("from 0 to 1,000,000", error.Message);
    }

    [TestMethod]
    public void Later_changes_to_the_options_do_not_affect_the_trainer()
    {
        var mlContext = new MLContext(seed: 1);
        SalMulticlassTrainer.Options options = SmallTrainer.Options();
        SalMulticlassTrainer trainer = mlContext.MulticlassClassification.Trainers.Sal(options);
        (options.HiddenUnits, options.LabelColumnName) = (1, "Elsewhere");

        Assert.AreEqual(SmallTrainer.Options().HiddenUnits, trainer.Fit(Blobs.View(mlContext)).Model.HiddenUnits);
    }

    [TestMethod]
    public void The_readme_lists_every_option_and_its_default()
    {
        string[] table = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        var defaults = new SalMulticlassTrainer.Options();
        foreach (PropertyInfo property in Properties(typeof(SalMulticlassTrainer.Options)))
        {
            string[] cells = table.Single(line => line.StartsWith($"| `{property.Name}` |", StringComparison.Ordinal))
                .Split('|', StringSplitOptions.TrimEntries);
            string shown = cells[2].Trim('`');
            if (property.GetValue(defaults) is { } value and not CancellationToken)
            {
                Assert.AreEqual(
                    Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture), shown, ignoreCase: true, property.Name);
            }
            else
            {
                Assert.IsTrue(shown is "none" or "automatic" or "from the `MLContext" or "one per processor", $"{property.Name}: {shown}");
            }
        }
    }

    [TestMethod]
    public void The_short_overload_has_the_same_defaults()
    {
        var options = new SalMulticlassTrainer.Options();
        MethodInfo overload = typeof(SalCatalog).GetMethods().Single(method => method.Name == "Sal" && method.GetParameters().Length > 2);

        foreach (ParameterInfo parameter in overload.GetParameters().Skip(1))
        {
            string name = char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..];
            Assert.AreEqual(typeof(SalMulticlassTrainer.Options).GetProperty(name)!.GetValue(options), parameter.DefaultValue, name);
        }
    }

    [TestMethod]
    public void Every_option_reaches_the_engine()
    {
        // The layout options are visible on the trained model.
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext, 30);

        SalMulticlassModelParameters model = mlContext.SmallSal(options =>
        {
            options.NumberOfAreas = 3;
            options.HiddenUnits = 5;
            options.NumberOfLayers = 4;
            options.NumberOfEpochs = 2;
            options.RoutedLayers = RoutedLayers.FirstOnly;
            options.Activation = ActivationKind.Tanh;
            options.Residual = true;
            options.Rule = LearningRule.Backpropagation;
            options.Router = RouterKind.RandomHyperplanes;
            options.Optimizer = OptimizerKind.SgdMomentum;
        }).Fit(data).Model;

        Assert.AreEqual(3, model.NumberOfAreas);
        Assert.AreEqual(5, model.HiddenUnits);
        Assert.AreEqual(4, model.NumberOfLayers);
        Assert.AreEqual(RoutedLayers.FirstOnly, model.RoutedLayers);
        Assert.AreEqual(ActivationKind.Tanh, model.Activation);
        Assert.IsTrue(model.Residual);
        Assert.HasCount(2, model.History.Epochs);
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
