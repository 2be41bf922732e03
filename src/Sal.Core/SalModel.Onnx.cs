using Sal.Core.Files;
using Sal.Core.Onnx;

namespace Sal.Core.Model;

public sealed partial class SalModel
{
    /// <summary>
    /// Writes the model as an ONNX file (operator set 12), to be scored by any ONNX runtime. It takes <c>Features</c> (float, batch x <see cref="FeatureCount"/>, raw) and gives
    /// <c>Score</c> (float, batch x <see cref="ClassCount"/>, probabilities) and <c>PredictedLabel</c> (int64, batch; the class, from 0). Leaves the stream open.
    /// </summary>
    /// <exception cref="NotSupportedException">The model is larger than the 2 GiB of an ONNX file.</exception>
    public void SaveOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        OnnxModelFile.Write(this, stream);
    }

    /// <summary>
    /// Writes the model to an ONNX file, as <see cref="SaveOnnx(Stream)"/>. The old contents stay until the new ones are on the disk: a failure leaves them as they are.
    /// </summary>
    /// <exception cref="NotSupportedException">The model is larger than the 2 GiB of an ONNX file.</exception>
    /// <exception cref="IOException">The file cannot be written: the disk is full, its folder does not exist, ...</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public void SaveOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, SaveOnnx);
    }

    /// <summary>Adds the model to an ONNX graph that is under construction.</summary>
    /// <param name="graph">The graph, of operator set <see cref="IOnnxGraph.MinimumOperatorSet"/> or later.</param>
    /// <param name="features">The name of a float tensor in it, batch x <see cref="FeatureCount"/>, raw.</param>
    /// <returns>The name of the tensor of the probabilities, float, batch x <see cref="ClassCount"/>.</returns>
    /// <exception cref="NotSupportedException">The model is larger than the 2 GiB of an ONNX file.</exception>
    public string AddTo(IOnnxGraph graph, string features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentException.ThrowIfNullOrEmpty(features);
        return new SalOnnxGraph(this, graph).AddScores(features);
    }
}
