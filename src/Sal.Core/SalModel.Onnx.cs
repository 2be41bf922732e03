using Sal.Core.Files;
using Sal.Core.Onnx;

namespace Sal.Core.Model;

public sealed partial class SalModel
{
    /// <summary>
    /// Writes the model as an ONNX file (operator set 12) that any ONNX runtime can score. The input is <c>Features</c> (float, batch x
    /// <see cref="FeatureCount"/>, raw); the outputs are <c>Score</c> (float, batch x <see cref="ClassCount"/>, probabilities) and
    /// <c>PredictedLabel</c> (int64, batch, the class from 0). Leaves the stream open.
    /// </summary>
    /// <exception cref="NotSupportedException">The model exceeds the 2 GiB limit of an ONNX file.</exception>
    public void SaveOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        OnnxModelFile.Write(this, stream);
    }

    /// <summary>
    /// Writes the model to an ONNX file in the format of <see cref="SaveOnnx(Stream)"/>. An existing file is replaced only after the new
    /// contents are on disk, so a failure leaves it unchanged.
    /// </summary>
    /// <exception cref="NotSupportedException">The model exceeds the 2 GiB limit of an ONNX file.</exception>
    /// <exception cref="IOException">
    /// The file cannot be written, for example because the disk is full or the folder does not exist.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file or its folder is denied.</exception>
    public void SaveOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, SaveOnnx);
    }

    /// <summary>Adds the model to an ONNX graph under construction.</summary>
    /// <param name="graph">The graph, with operator set <see cref="IOnnxGraph.MinimumOperatorSet"/> or later.</param>
    /// <param name="features">The name of a float tensor of the graph, batch x <see cref="FeatureCount"/>, raw.</param>
    /// <returns>The name of the tensor with the probabilities, float, batch x <see cref="ClassCount"/>.</returns>
    /// <exception cref="NotSupportedException">The model exceeds the 2 GiB limit of an ONNX file.</exception>
    public string AddTo(IOnnxGraph graph, string features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentException.ThrowIfNullOrEmpty(features);
        return new SalOnnxGraph(this, graph).AddScores(features);
    }
}
