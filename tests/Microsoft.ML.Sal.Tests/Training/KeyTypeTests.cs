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
}
