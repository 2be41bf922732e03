using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sal.Core.Training;

namespace Sal.Core.Tests.Files;

/// <summary>What a model was trained with, as JSON with a version and a checksum.</summary>
[TestClass]
public class TrainingInfoFileTests
{
    private const string Folder = "TransformerChain/Transform_001/Model/";

    [TestMethod]
    public void Loaded_information_equals_the_saved_one()
    {
        SalTrainingInfo read = SalTrainingInfo.Load(new MemoryStream(Save(Info())));

        Assert.AreEqual(Info().Date, read.Date);
        Assert.AreEqual(TimeSpan.Zero, read.Date.Offset);
        Assert.AreEqual("größe \"1\"\n", read.FeatureColumnName);
        Assert.IsNull(read.ExampleWeightColumnName);
        Assert.IsNull(read.GivenOptions["NumberOfAreas"]);
        Assert.AreEqual("8", read.ChosenOptions["NumberOfAreas"]);
        CollectionAssert.AreEqual(Save(Info()), Save(read));
    }

    [TestMethod]
    public void It_is_JSON_that_other_programs_read()
    {
        using JsonDocument document = JsonDocument.Parse(Save(Info()));

        Assert.AreEqual(1, document.RootElement.GetProperty("FormatVersion").GetInt32());
        JsonElement info = document.RootElement.GetProperty("TrainingInfo");
        Assert.AreEqual("8", info.GetProperty("ChosenOptions").GetProperty("NumberOfAreas").GetString());
        Assert.AreEqual("2026-07-01T12:30:15+00:00", info.GetProperty("Date").GetString());
    }

    [TestMethod]
    public void Mutated_information_is_refused()
    {
        var random = new Random(1);
        byte[] bytes = Save(Info());
        for (int trial = FaultCount.Of(usual: 1_000, share: 0.1); trial > 0; trial--)
        {
            byte[] mutated = Mutation.Of(bytes, bytes, headerLength: 16, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                // A mutation may leave the bytes as they are, or change white space.
                CollectionAssert.AreEqual(bytes, Save(SalTrainingInfo.Load(new MemoryStream(mutated))));
            }
            catch (InvalidDataException exception)
            {
                Assert.Contains("SalTrainingInfo", exception.Message);
            }

            Assert.IsLessThan(1 << 18, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [TestMethod]
    [DataRow("""{"FormatVersion":2}""", "format version 2, but this version of the package reads 1 to 1. Update the package.")]
    [DataRow("""{"FormatVersion":1,"TrainingInfo":{}}""", "damaged: it has no 'Sha256'")]
    [DataRow("""{"FormatVersion":1,"TrainingInfo":{},"Sha256":"0"}""", "damaged: its checksum does not match its contents")]
    [DataRow("""{"FormatVersion":1,"FormatVersion":1}""", "damaged: it is not JSON of the expected form")]
    [DataRow("""[1]""", "damaged: it is not JSON of the expected form")]
    [DataRow("", "damaged: it is not JSON of the expected form")]
    public void What_is_wrong_is_told(string json, string message) =>
        Assert.Contains($"The entry 'SalTrainingInfo' {(message.StartsWith('d') ? "is" : "has")} {message}", Refusal(json));

    [TestMethod]
    public void Hostile_information_with_a_valid_checksum_is_refused()
    {
        string intact = Encoding.UTF8.GetString(Save(Info()));
        const string Start = "\"TrainingInfo\":";
        int start = intact.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string info = intact[start..intact.IndexOf(",\"Sha256", StringComparison.Ordinal)];
        Assert.AreEqual(intact, Sealed(info));

        Refusal(Sealed("{}"));
        Refusal(Sealed("null"));
        Refusal(Sealed(info.Replace("\"ClassCount\":10", "\"ClassCount\":\"ten\"", StringComparison.Ordinal)));
        Refusal(Sealed(info.Replace("\"LabelColumnName\":\"Label\"", "\"LabelColumnName\":null", StringComparison.Ordinal)));
        Refusal(Sealed(info.Replace("\"Date\":\"2026", "\"Date\":\"yesterday", StringComparison.Ordinal)));
        StringAssert.Contains(Refusal(new string(' ', 1 << 25)), "longer than 16777216 bytes");

        // A later version may add properties.
        Assert.AreEqual(10, SalTrainingInfo.Load(Stream(Sealed("{\"Added\":[1]," + info[1..]))).ClassCount);

        static string Sealed(string info)
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(info)));
            return $$"""{"FormatVersion":1,"TrainingInfo":{{info}},"Sha256":"{{hash}}"}""";
        }
    }

    [TestMethod]
    public void In_a_zip_there_is_one_per_model_and_weights_are_not_read()
    {
        // The models are no models: only the entries with the information are read.
        using MemoryStream zip = Zip(
            ("a/SalModel", [1]), ("a/SalTrainingInfo", Save(Info())), ("b/SalModel", []), (@"c\d\SalModel", [2]),
            (@"c\d\SalTrainingInfo", Save(Info(classes: 3))));

        IReadOnlyList<SalTrainingInfo?> infos = SalTrainingInfo.LoadFromZip(zip);

        CollectionAssert.AreEqual(new int?[] { 10, null, 3 }, infos.Select(info => info?.ClassCount).ToArray());
        Assert.IsTrue(zip.CanRead);
    }

    [TestMethod]
    public void A_zip_that_cannot_be_read_is_refused()
    {
        byte[] damaged = Save(Info());
        damaged[100] ^= 1;
        string message = Refusal(Zip(($"{Folder}SalModel", []), ($"{Folder}SalTrainingInfo", damaged)));
        Assert.StartsWith($"'{Folder}SalTrainingInfo' cannot be read: The entry 'SalTrainingInfo' is damaged: ", message);
        Assert.Contains("no SAL model", Refusal(Zip(("Model.key", [1]))));
        Refusal(new MemoryStream([1, 2, 3]));
    }

    private static SalTrainingInfo Info(int classes = 10) => new()
    {
        Date = new DateTimeOffset(2026, 7, 1, 12, 30, 15, TimeSpan.Zero),
        MLNetVersion = "5.0.1",
        PackageVersion = "0.2.0",
        RuntimeVersion = "10.0.0",
        RowCount = 1437,
        ValidationRowCount = 360,
        FeatureCount = 64,
        ClassCount = classes,
        LabelColumnName = "Label",
        FeatureColumnName = "größe \"1\"\n",
        ExampleWeightColumnName = null,
        GivenOptions = new SortedDictionary<string, string?> { ["LearningRate"] = "0.002", ["NumberOfAreas"] = null },
        ChosenOptions = new SortedDictionary<string, string?> { ["LearningRate"] = "0.002", ["NumberOfAreas"] = "8" },
        ContinuesModel = false,
        KeptEpoch = 30,
        StoppedInEpoch = null,
    };

    private static byte[] Save(SalTrainingInfo info)
    {
        using var stream = new MemoryStream();
        info.Save(stream);
        return stream.ToArray();
    }

    private static MemoryStream Stream(string json) => new(Encoding.UTF8.GetBytes(json));

    private static string Refusal(string json) =>
        Assert.ThrowsExactly<InvalidDataException>(() => SalTrainingInfo.Load(Stream(json))).Message;

    private static string Refusal(MemoryStream zip) =>
        Assert.ThrowsExactly<InvalidDataException>(() => SalTrainingInfo.LoadFromZip(zip)).Message;

    private static MemoryStream Zip(params (string Name, byte[] Content)[] entries)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        zip.Position = 0;
        return zip;
    }
}
