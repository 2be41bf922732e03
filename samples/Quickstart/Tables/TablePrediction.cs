using Microsoft.ML;
using Microsoft.ML.Data;

namespace Quickstart.Tables;

/// <summary>Represents a model's prediction for a row.</summary>
internal sealed class TablePrediction
{
    public string PredictedLabel { get; set; } = "";

    /// <summary>Gets or sets the probability of each class, in the order of <see cref="GetClasses"/>.</summary>
    public float[] Score { get; set; } = [];

    /// <summary>Reads the predictions in the order of the rows.</summary>
    public static IEnumerable<TablePrediction> Read(MLContext mlContext, IDataView scored) =>
        mlContext.Data.CreateEnumerable<TablePrediction>(scored, reuseRowObject: false);

    /// <summary>Gets the classes from the names of the score's slots.</summary>
    public static IReadOnlyList<string> GetClasses(DataViewSchema scored)
    {
        if (scored.GetColumnOrNull("PredictedLabel")?.Type is not TextDataViewType
            || scored.GetColumnOrNull("Score")?.Type is not VectorDataViewType)
        {
            throw new UserErrorException("The model does not predict one of several named classes. Train one with --data and --label.");
        }

        var names = default(VBuffer<ReadOnlyMemory<char>>);
        scored["Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
