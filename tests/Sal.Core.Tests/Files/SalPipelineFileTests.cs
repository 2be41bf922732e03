using System.IO.Compression;
using Sal.Core.Model;
using Sal.Core.Tests.Data;
using Sal.Core.Training;

namespace Sal.Core.Tests.Files;

[TestClass]
public class SalPipelineFileTests
{
    private const string Folder = "TransformerChain/Transform_001/Model/";

    private static readonly ShippedSet Digits = ShippedSet.Digits();
    private static readonly SalModel Trained = new SalTrainer(new SalTrainingOptions { NumberOfEpochs = 2, HiddenUnits = 16 })
        .Train(Digits.Training(0)).Model;
    private static readonly string[] Names = [.. Enumerable.Range(0, 10).Select(digit => $"digit {digit} ü")];

    [TestMethod]
    [DataRow("TransformerChain/Transform_001/Model/")]
    [DataRow(@"TransformerChain\Transform_001\Model\")]
    [DataRow("")]
    public void A_model_and_its_class_names_are_found_in_any_folder(string folder)
    {
        using MemoryStream zip = Zip([($"{folder}Model.key", Text("other")), ($"{folder}SalModel", Trained.Save),
            ("Else/SalClassNames", Text("")), ($"{folder}SalClassNames", SaveNames(Names))]);
        SalModel loaded = SalModel.LoadFromZip(zip, out IReadOnlyList<string>? names);

        CollectionAssert.AreEqual(Names, names!.ToArray());
        CollectionAssert.AreEqual(Predict(Trained), Predict(loaded));
        Assert.IsTrue(zip.CanRead);
    }

    [TestMethod]
    public void A_model_without_class_names_is_loaded()
    {
        using MemoryStream zip = Zip([($"{Folder}SalModel", Trained.Save)]);
        SalModel.LoadFromZip(zip, out IReadOnlyList<string>? names);
        Assert.IsNull(names);
    }

    [TestMethod]
    public void Zips_with_no_model_or_several_and_other_files_are_refused()
    {
        StringAssert.Contains(Refusal(Zip([("Model.key", Text("other"))])), "no SAL model");
        StringAssert.Contains(Refusal(Zip([("a/SalModel", Trained.Save), ("b/SalModel", Trained.Save)])), "a/SalModel, b/SalModel");
        StringAssert.Contains(Refusal(Zip([("a/SalModel", Text("not a model"))])), "not a SAL model");
        Refusal(new MemoryStream("not a zip"u8.ToArray()));
    }

    [TestMethod]
    public void Damaged_class_names_are_refused()
    {
        StringAssert.Contains(Refusal(WithNames(SaveNames(Names[..9]))), "9 classes");
        StringAssert.Contains(Refusal(WithNames(Text("PK"))), "damaged");
        StringAssert.Contains(Refusal(WithNames(stream => stream.Write([10, 0, 0, 0, 5, 65]))), "damaged");
        StringAssert.Contains(Refusal(WithNames(stream => stream.Write([255, 255, 255, 255]))), "damaged");
    }

    private static MemoryStream WithNames(Action<Stream> write) =>
        Zip([($"{Folder}SalModel", Trained.Save), ($"{Folder}SalClassNames", write)]);

    private static Action<Stream> SaveNames(string[] names) => stream => SalPipelineFile.SaveClassNames(names, stream);

    private static Action<Stream> Text(string text) => stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Refusal(MemoryStream zip) =>
        Assert.ThrowsExactly<InvalidDataException>(() => SalModel.LoadFromZip(zip, out _)).Message;

    private static MemoryStream Zip((string Name, Action<Stream> Write)[] entries)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, Action<Stream> write) in entries)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                write(stream);
            }
        }

        zip.Position = 0;
        return zip;
    }

    private static float[] Predict(SalModel model)
    {
        var probabilities = new float[10];
        model.Predict(Digits.Features(0), probabilities);
        return probabilities;
    }
}
