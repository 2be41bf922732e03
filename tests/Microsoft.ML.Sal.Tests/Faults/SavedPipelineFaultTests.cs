using System.Diagnostics;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Faults;

/// <summary>
/// Damaged and hostile pipeline zips are refused with a documented type of error or give the scores of the undamaged one.
/// </summary>
[TestClass]
public class SavedPipelineFaultTests
{
    private const long AllowedBytes = 64 << 20;

    private static readonly TimeSpan AllowedTime = TimeSpan.FromSeconds(10);
    private static readonly PipelineZip Pipeline = PipelineZip.Instance;

    private static readonly string[] _entriesOfTheEngine = ["SalModel", "SalHistory", "SalTrainingInfo"];

    private readonly Dictionary<string, int> _outcomes = [];

    [TestMethod]
    public void Faults_in_the_model_are_detected()
    {
        int entry = Find("SalModel");
        Try(count: FaultCount.Of(usual: 150, share: 0.15), seed: 1, random =>
        {
            byte[] mutated =
                Mutation.Of(Pipeline.Content(entry), Pipeline.Content(random.Next(Pipeline.Entries.Count)), headerLength: 53, random);
            bool isSealed = random.Next(2) == 0;
            return (Pipeline.With(entry, isSealed ? PipelineZip.WithChecksum(mutated) : mutated), MayScoreOtherwise: isSealed);
        }, error => Chain(error).Any(inner => inner is InvalidDataException)
            || (error is InvalidOperationException && error.Message.Contains("feature", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Faults_in_the_history_are_detected()
    {
        int entry = Find("SalHistory");
        Try(count: FaultCount.Of(usual: 100, share: 0.08), seed: 2, random =>
        {
            byte[] mutated =
                Mutation.Of(Pipeline.Content(entry), Pipeline.Content(random.Next(Pipeline.Entries.Count)), headerLength: 16, random);
            return (Pipeline.With(entry, mutated), false);
        }, error => Chain(error).Any(inner => inner is InvalidDataException));
    }

    [TestMethod]
    public void Faults_in_the_training_information_are_detected()
    {
        int entry = Find("SalTrainingInfo");
        byte[] intact = Pipeline.Content(entry);
        var random = new Random(5);
        for (int trial = FaultCount.Of(usual: 100, share: 0.08); trial > 0; trial--)
        {
            byte[] mutated = Mutation.Of(intact, Pipeline.Content(random.Next(Pipeline.Entries.Count)), headerLength: 16, random);
            byte[] bytes = Pipeline.With(entry, mutated);
            try
            {
                // A mutation may leave the bytes as they are, or change white space.
                CollectionAssert.AreEqual(intact, Saved(SalTrainingInfo.LoadFromZip(new MemoryStream(bytes)).Single()!));
            }
            catch (InvalidDataException error)
            {
                Assert.Contains("SalTrainingInfo", error.Message);
                Exception load = Assert.Throws<Exception>(() => PipelineZip.Score(bytes));
                Assert.Contains("SalTrainingInfo", Chain(load).OfType<InvalidDataException>().Single().Message);
            }
        }

        static byte[] Saved(SalTrainingInfo info)
        {
            using var stream = new MemoryStream();
            info.Save(stream);
            return stream.ToArray();
        }
    }

    [TestMethod]
    public void Faults_in_the_other_entries_are_detected() =>
        Try(count: FaultCount.Of(usual: 100, share: 0.08), seed: 3, random =>
        {
            int entry;
            do
            {
                entry = random.Next(Pipeline.Entries.Count);
            }
            while (Pipeline.Content(entry).Length == 0 || _entriesOfTheEngine.Any(name => entry == Find(name)));
            return (Pipeline.With(entry, Mutation.Of(Pipeline.Content(entry), Pipeline.Bytes, headerLength: 64, random)), false);
        }, IsOfMLNet);

    [TestMethod]
    public void Faults_in_the_zip_itself_are_detected() =>
        Try(count: FaultCount.Of(usual: 100, share: 0.08), seed: 4, random =>
        {
            byte[] mutated = Mutation.Of(Pipeline.Bytes, Pipeline.Content(Find("SalModel")), headerLength: Pipeline.Bytes.Length, random);
            return (mutated, false);
        }, IsOfMLNet);

    private void Try(int count, int seed, Func<Random, (byte[] Bytes, bool MayScoreOtherwise)> damage, Func<Exception, bool> isDocumented)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < count; trial++)
        {
            (byte[] bytes, bool mayScoreOtherwise) = damage(random);
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            try
            {
                float[] scores = PipelineZip.Score(bytes);
                Assert.IsTrue(scores.All(float.IsFinite), $"trial {trial}");
                Assert.IsTrue(mayScoreOtherwise || Pipeline.HasScores(scores), $"trial {trial}: other scores");
                Count("scores");
            }
            catch (Exception error) when (error is not UnitTestAssertException)
            {
                Count($"{error.GetType().Name}{(Chain(error).Last() == error ? "" : " of " + Chain(error).Last().GetType().Name)}");
                Assert.IsTrue(isDocumented(error), $"trial {trial}: {error}");
            }

            TryAlone(bytes, mayScoreOtherwise, trial);
            Assert.IsLessThan(AllowedBytes, GC.GetAllocatedBytesForCurrentThread() - before, $"trial {trial}");
            Assert.IsLessThan(AllowedTime, Stopwatch.GetElapsedTime(start), $"trial {trial}");
        }

        Console.WriteLine(
            string.Join(", ", _outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} {outcome.Key}")));
        Assert.IsGreaterThan(count / 4, count - _outcomes.GetValueOrDefault("scores"));
    }

    // The engine reads the zip without ML.NET.
    private static void TryAlone(byte[] bytes, bool mayScoreOtherwise, int trial)
    {
        try
        {
            float[] scores = PipelineZip.ScoreAlone(bytes, out IReadOnlyList<string>? names);
            Assert.IsTrue(scores.All(float.IsFinite), $"trial {trial}");
            Assert.IsTrue(mayScoreOtherwise || Pipeline.HasScores(scores), $"trial {trial}: other scores");
            Assert.IsTrue(names is null || names.SequenceEqual(["red", "green", "blue"]), $"trial {trial}: other names");
        }
        catch (Exception error) when (error is not UnitTestAssertException)
        {
            Assert.IsTrue(error is InvalidDataException || (error is ArgumentException && mayScoreOtherwise), $"trial {trial}: {error}");
        }
    }

    private void Count(string outcome) => _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;

    // What ML.NET and System.IO.Compression throw for data that they cannot read.
    private static bool IsOfMLNet(Exception error) => Chain(error).Last()
        is FormatException or InvalidDataException or InvalidOperationException or IOException or ArgumentException
        or NotSupportedException;

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }

    private static int Find(string name) =>
        Pipeline.Entries.Index().Single(entry => entry.Item.EndsWith(name, StringComparison.Ordinal)).Index;
}
