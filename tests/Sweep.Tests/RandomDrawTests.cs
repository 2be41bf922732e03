using System.Reflection;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.Trainers.Sal;

namespace Sweep.Tests;

[TestClass]
public class RandomDrawTests
{
    private const int Draws = 20_000;

    [TestMethod]
    public void Every_value_drawn_is_one_that_its_attribute_allows()
    {
        AssertAllowed<SalSearchSpace>();
        AssertAllowed<LightGbmSearchSpace>();
        AssertAllowed<LbfgsSearchSpace>();
        AssertAllowed<AllKinds>();
    }

    [TestMethod]
    public void All_integers_of_a_range_are_drawn_alike()
    {
        int[] counts = Count(space => space.Dice, 1, 6);

        foreach (int count in counts)
        {
            Assert.AreEqual(Draws / 6.0, count, Draws * 0.015);
        }
    }

    [TestMethod]
    public void Integers_in_the_logarithm_are_drawn_by_their_share_of_it()
    {
        int[] counts = Count(space => space.LogInteger, 1, 3);

        // From 1 to below 4, in the logarithm: half of it lies below 2.
        Assert.AreEqual(Draws * Math.Log(2) / Math.Log(4), counts[0], Draws * 0.02);
        Assert.AreEqual(Draws * Math.Log(4.0 / 3) / Math.Log(4), counts[2], Draws * 0.02);
    }

    [TestMethod]
    public void Half_of_a_range_in_the_logarithm_lies_below_its_geometric_mean()
    {
        AllKinds[] spaces = [.. Draw()];

        Assert.AreEqual(0.5, spaces.Count(space => space.LogDouble < 0.01) / (double)Draws, 0.02);
        Assert.AreEqual(0.5, spaces.Count(space => space.LogSingle < 0.01f) / (double)Draws, 0.02);
        Assert.AreEqual(0.5, spaces.Count(space => space.Linear < 0.5) / (double)Draws, 0.02);
    }

    [TestMethod]
    public void All_choices_are_drawn_alike()
    {
        AllKinds[] spaces = [.. Draw()];

        foreach (string word in new[] { "a", "b", "c", "d" })
        {
            Assert.AreEqual(0.25, spaces.Count(space => space.Word == word) / (double)Draws, 0.02);
        }

        Assert.AreEqual(0.5, spaces.Count(space => space.Switch) / (double)Draws, 0.02);
    }

    [TestMethod]
    public void A_property_without_an_attribute_keeps_its_initial_value() => Assert.IsTrue(Draw().Take(100).All(space => space.Fixed == 7));

    [TestMethod]
    public void The_same_seed_draws_the_same_values()
    {
        string first = Describe(RandomDraw.From<SalSearchSpace>(new Random(5)));

        Assert.AreEqual(first, Describe(RandomDraw.From<SalSearchSpace>(new Random(5))));
        Assert.AreNotEqual(first, Describe(RandomDraw.From<SalSearchSpace>(new Random(6))));
    }

    [TestMethod]
    public void A_nested_search_space_is_refused_by_name()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => RandomDraw.From<Nested>(new Random(1)));

        Assert.Contains("Nested.Inner", error.Message);
    }

    private static void AssertAllowed<TSpace>()
        where TSpace : class, new()
    {
        var random = new Random(3);
        for (int draw = 0; draw < 1000; draw++)
        {
            TSpace space = RandomDraw.From<TSpace>(random);
            foreach (PropertyInfo property in typeof(TSpace).GetProperties())
            {
                var value = (IComparable)property.GetValue(space)!;
                if (property.GetCustomAttribute<RangeAttribute>() is { } range)
                {
                    Assert.IsTrue(value.CompareTo(range.Min) >= 0 && value.CompareTo(range.Max) <= 0, $"{property.Name} {value}");
                }
                else if (property.GetCustomAttribute<ChoiceAttribute>() is { } choice)
                {
                    Assert.Contains(value, choice.Candidates);
                }
            }
        }
    }

    private static IEnumerable<AllKinds> Draw()
    {
        var random = new Random(2);
        return Enumerable.Range(0, Draws).Select(_ => RandomDraw.From<AllKinds>(random));
    }

    private static int[] Count(Func<AllKinds, int> property, int low, int high)
    {
        ILookup<int, AllKinds> spaces = Draw().ToLookup(property);
        return [.. Enumerable.Range(low, high - low + 1).Select(value => spaces[value].Count())];
    }

    private static string Describe(SalSearchSpace space) =>
        string.Join(' ', typeof(SalSearchSpace).GetProperties().Select(property => property.GetValue(space)));

    private sealed class AllKinds
    {
        [Range(1, 6, 3, false)]
        public int Dice { get; set; } = 3;

        [Range(1, 3, 1, true)]
        public int LogInteger { get; set; } = 1;

        [Range(0.0, 1.0, 0.5, false)]
        public double Linear { get; set; } = 0.5;

        [Range(1e-4, 1.0, 0.1, true)]
        public double LogDouble { get; set; } = 0.1;

        [Range(1e-4f, 1f, 0.1f, true)]
        public float LogSingle { get; set; } = 0.1f;

        [Choice("a", "b", "c", "d")]
        public string Word { get; set; } = "a";

        [BooleanChoice]
        public bool Switch { get; set; } = true;

        public int Fixed { get; set; } = 7;
    }

    private sealed class Nested
    {
        [NestOption]
        public AllKinds Inner { get; set; } = new();
    }
}
