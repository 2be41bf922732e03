using Microsoft.ML.Data;
using Microsoft.ML.Trainers.Sal;

namespace Microsoft.ML.Sal.Tests.Training;

/// <summary>Keys of all four types can be labels.</summary>
[TestClass]
public class KeyTypeTests
{
    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt64)]
    public void A_key_of_another_type_gives_the_same_model(DataKind kind)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        IDataView converted = mlContext.Transforms.Conversion.ConvertType("Label", outputKind: kind).Fit(data).Transform(data);
        Assert.AreNotEqual(typeof(uint), converted.Schema["Label"].Type.RawType);
        Assert.IsInstanceOfType<KeyDataViewType>(converted.Schema["Label"].Type);

        MulticlassPredictionTransformer<SalMulticlassModelParameters> model = mlContext.SmallSal().Fit(converted);

        CollectionAssert.AreEqual(mlContext.SmallSal().Fit(data).Model.ModelBytes(), model.Model.ModelBytes());
        Assert.AreEqual(3ul, ((KeyDataViewType)model.Transform(converted).Schema["PredictedLabel"].Type).Count);
    }

    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt32)]
    [DataRow(DataKind.UInt64)]
    public void Whatever_reads_labels_takes_a_key_of_another_type(DataKind kind)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext);
        IDataView converted = mlContext.Transforms.Conversion.ConvertType("Label", outputKind: kind).Fit(data).Transform(data);
        MulticlassPredictionTransformer<SalMulticlassModelParameters> expected = mlContext.SmallSal().Fit(data, data);

        // A validation set, a model to continue from, profiles, an evaluation and feature importance.
        MulticlassPredictionTransformer<SalMulticlassModelParameters> trained = mlContext.SmallSal().Fit(data, converted);
        CollectionAssert.AreEqual(expected.Model.ModelBytes(), trained.Model.ModelBytes());
        CollectionAssert.AreEqual(
            mlContext.SmallSal().Fit(data, expected.Model).Model.ModelBytes(),
            mlContext.SmallSal().Fit(converted, expected.Model).Model.ModelBytes());
        CollectionAssert.AreEqual(Profile(expected.Model, data), Profile(expected.Model, converted));
        Assert.AreEqual(
            mlContext.MulticlassClassification.Evaluate(expected.Transform(data)).ConfusionMatrix.GetFormattedConfusionTable(),
            mlContext.MulticlassClassification.Evaluate(expected.Transform(converted)).ConfusionMatrix.GetFormattedConfusionTable());
        Assert.AreEqual(
            mlContext.MulticlassClassification.PermutationFeatureImportance(expected, data).Length,
            mlContext.MulticlassClassification.PermutationFeatureImportance(expected, converted).Length);

        static string[] Profile(SalMulticlassModelParameters model, IDataView rows) =>
        [
            .. model.GetAreaProfiles(rows).SelectMany(area =>
                area.ClassMix.Select(share => $"{area.Area} {share.ClassName} {share.RowCount}")),
        ];
    }
}
