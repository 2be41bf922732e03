using System.Reflection;
using Sal.Core.Training;

namespace Sal.Core.Tests.Options;

[TestClass]
public class OptionTests
{
    [TestMethod]
    [DynamicData(nameof(OptionViolations.All), typeof(OptionViolations))]
    public void An_out_of_range_value_is_refused_by_name(string name, object value)
    {
        var options = new SalTrainingOptions();
        typeof(SalTrainingOptions).GetProperty(name)!.SetValue(options, value);
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(options.Validate);
        Assert.AreEqual(name, exception.ParamName);
        OptionConstraint constraint = SalTrainingOptions.Constraints.Single(c => c.Name == name);
        StringAssert.Contains(exception.Message, $"{name} is ");
        StringAssert.Contains(exception.Message, constraint.Allowed);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SalTrainer(options));
    }

    [TestMethod]
    public void Every_option_that_can_be_invalid_has_a_constraint_and_a_violation()
    {
        string[] options = [.. typeof(SalTrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType != typeof(bool) && property.Name != nameof(SalTrainingOptions.Seed))
            .Select(property => property.Name).Order()];
        CollectionAssert.AreEqual(options, SalTrainingOptions.Constraints.Select(c => c.Name).Order().ToArray());
        CollectionAssert.AreEqual(options, OptionViolations.All.Select(violation => (string)violation[0]).Distinct().Order().ToArray());
    }

    [TestMethod]
    public void Resuming_needs_a_path() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(new SalTrainingOptions { Resume = true }.Validate).Message, "CheckpointPath");

    [TestMethod]
    public void Defaults_are_in_range() => new SalTrainingOptions().Validate();
}
