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

        SalMulticlassPredictionTransformer model = mlContext.SmallSal().Fit(converted);

        CollectionAssert.AreEqual(mlContext.SmallSal().Fit(data).Model.ModelBytes(), model.Model.ModelBytes());
        Assert.AreEqual(3ul, ((KeyDataViewType)model.Transform(converted).Schema["PredictedLabel"].Type).Count);
    }

    /// <summary>
    /// What takes a label takes the same labels: a validation set, a model to continue from, Evaluate, saved models, permutation
    /// importance, profiles.
    /// </summary>
    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt64)]
    public void Everything_that_reads_labels_reads_such_a_key_alike(DataKind kind)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Blobs.View(mlContext, Blobs.Rows(90, seed: 1)), validation = Blobs.View(mlContext, Blobs.Rows(30, seed: 2));
        IEstimator<ITransformer> convert = mlContext.Transforms.Conversion.ConvertType("Label", outputKind: kind);
        IDataView converted = convert.Fit(data).Transform(data), convertedValidation = convert.Fit(data).Transform(validation);
        SalMulticlassTrainer trainer = mlContext.SmallSal();
        var expected = trainer.Fit(data, validation);

        var model = trainer.Fit(converted, convertedValidation);

        CollectionAssert.AreEqual(expected.Model.ModelBytes(), model.Model.ModelBytes());
        Assert.AreEqual(Losses(expected), Losses(model));
        CollectionAssert.AreEqual(
            trainer.Fit(data, expected.Model).Model.ModelBytes(), trainer.Fit(converted, expected.Model).Model.ModelBytes());
        CollectionAssert.AreEqual(expected.Model.GetAreas(data).ToArray(), model.Model.GetAreas(converted).ToArray());
        Assert.AreEqual(Profiles(expected, data), Profiles(model, converted));
        Assert.AreEqual(LogLoss(expected, data), LogLoss(model, converted));
        Assert.AreEqual(LogLoss(expected, data), LogLoss(SavedAndLoaded(model), converted));
        Assert.AreEqual(Importance(expected, data), Importance(model, converted));

        static string Losses(SalMulticlassPredictionTransformer model) =>
            string.Join(' ', model.Model.History.Epochs.Select(epoch => epoch.ValidationLoss));

        static string Profiles(SalMulticlassPredictionTransformer model, IDataView rows) => string.Join(
            ' ',
            model.Model.GetAreaProfiles(rows).SelectMany(area => area.ClassMix.Select(share => $"{share.ClassName} {share.RowCount}")));

        double LogLoss(ITransformer scorer, IDataView rows) => mlContext.MulticlassClassification.Evaluate(scorer.Transform(rows)).LogLoss;

        double Importance(SalMulticlassPredictionTransformer model, IDataView rows) =>
            new MLContext(seed: 1).MulticlassClassification.PermutationFeatureImportance(model, model.Transform(rows))[0].LogLoss.Mean;

        ITransformer SavedAndLoaded(ITransformer scorer)
        {
            using var stream = new MemoryStream();
            mlContext.Model.Save(scorer, converted.Schema, stream);
            stream.Position = 0;
            return mlContext.Model.Load(stream, out _);
        }
    }
}
