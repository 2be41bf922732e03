using System.Reflection;
using Microsoft.ML.Trainers.Sal;
using Sal.Core.Training;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>Models with a history made up by a test.</summary>
internal static class ModelOf
{
    /// <summary>A small model of as many areas as the last epoch has loads.</summary>
    public static SalMulticlassModelParameters Epochs(MLContext mlContext, params SalEpoch[] epochs)
    {
        int areas = epochs is [.., { } last] ? last.AreaLoads.Count : 1;
        SalMulticlassModelParameters model = mlContext.SmallSal(options =>
        {
            options.NumberOfAreas = areas;
            options.NumberOfEpochs = 1;
            options.SharedPhaseFraction = 0;
            options.HiddenUnits = 2;
        }).Fit(Blobs.View(mlContext, 240)).Model;

        // Only training and loading make models.
        object?[] arguments = [mlContext, model.Model, new SalTrainingHistory(epochs), model.TrainingInfo, null];
        const BindingFlags Internal = BindingFlags.NonPublic | BindingFlags.Instance;
        object made = Activator.CreateInstance(typeof(SalMulticlassModelParameters), Internal, null, arguments, null)!;
        return (SalMulticlassModelParameters)made;
    }
}
