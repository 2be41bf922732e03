using System.Reflection;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Training;

[TestClass]
public class SearchSpaceTests
{
    private static readonly PropertyInfo[] _properties = typeof(SalSearchSpace).GetProperties();

    public static IEnumerable<object[]> Names => _properties.Select(property => new object[] { property.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_search_starts_from_the_default_of_the_trainer(string name)
    {
        object initial = _properties.Single(property => property.Name == name).GetValue(new SalSearchSpace())!;

        Assert.AreEqual(initial, Initial(name));
        if (Option(new SalMulticlassTrainer.Options(), name) is { } known)
        {
            Assert.AreEqual(known, initial);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Every_value_that_can_be_proposed_is_accepted_by_the_trainer(string name)
    {
        var mlContext = new MLContext(seed: 1);
        foreach (object value in Extremes(name))
        {
            var space = new SalSearchSpace();
            PropertyInfo property = _properties.Single(property => property.Name == name);
            Assert.AreEqual(property.PropertyType, value.GetType());
            property.SetValue(space, value);

            SalMulticlassTrainer.Options options = space.ToOptions();

            Assert.AreEqual(value, Option(options, name));
            Assert.IsNotNull(mlContext.MulticlassClassification.Trainers.Sal(options));
        }
    }

    private static object? Option(SalMulticlassTrainer.Options options, string name) =>
        typeof(SalMulticlassTrainer.Options).GetProperty(name)!.GetValue(options);

    private static object Initial(string name) => Attribute(name) switch
    {
        RangeAttribute range => range.Init,
        ChoiceAttribute choice => choice.DefaultValue,
        var other => throw new InvalidOperationException($"{name} has {other}."),
    };

    private static object[] Extremes(string name) => Attribute(name) switch
    {
        RangeAttribute range => [range.Min, range.Max, range.Init],
        ChoiceAttribute choice => choice.Candidates,
        var other => throw new InvalidOperationException($"{name} has {other}."),
    };

    private static Attribute Attribute(string name) => Assert.ContainsSingle(
        _properties.Single(property => property.Name == name).GetCustomAttributes()
            .Where(attribute => attribute is RangeAttribute or ChoiceAttribute));
}
