using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Model;

namespace Microsoft.ML.Sal.Tests;

/// <summary>Types are named after one concept each.</summary>
[TestClass]
public partial class NamingTests
{
    public static IEnumerable<Assembly> Products => [typeof(SalModel).Assembly, typeof(SalMulticlassTrainer).Assembly];

    [TestMethod]
    [DynamicData(nameof(Products))]
    public void No_type_has_a_name_that_says_nothing(Assembly product)
    {
        Assert.IsNotEmpty(product.GetTypes());
        IEnumerable<string> names = product.GetTypes().Select(type => type.Name).Where(name => !name.StartsWith('<')); // the compiler's
        Assert.AreEqual("", string.Join(", ", names.Where(name => Vague.IsMatch(name))));
    }

    [TestMethod]
    [DataRow("StringUtils", true)]
    [DataRow("MathHelper`1", true)]
    [DataRow("RowManager", true)]
    [DataRow("CommonOptions", false)]
    public void Vague_names_are_recognized(string name, bool isVague) => Assert.AreEqual(isVague, Vague.IsMatch(name));

    [GeneratedRegex("(Utils?|Utility|Utilities|Helpers?|Common|Manager)(`[0-9]+)?$")]
    private static partial Regex Vague { get; }
}
