using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Sal.Tests;

/// <summary>Scores rows with ONNX Runtime, on one thread.</summary>
internal sealed class OnnxScorer : IDisposable
{
    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

    /// <param name="file">The contents of an ONNX file.</param>
    public OnnxScorer(byte[] file) => Session = new InferenceSession(file, _options);

    public InferenceSession Session { get; }

    /// <summary>Scores all rows of the inputs in batches.</summary>
    /// <param name="output">The name of the output to read.</param>
    /// <param name="batchSize">The number of rows per batch; the last batch may be smaller.</param>
    /// <param name="inputs">The columns that the model takes.</param>
    /// <returns>The output of all rows: rows x the shape per row.</returns>
    public DenseTensor<T> Score<T>(string output, int batchSize, params IReadOnlyList<OnnxColumn> inputs)
    {
        int rows = inputs[0].RowCount;
        List<T> values = [];
        int[] rowShape = [];
        for (int start = 0; start < rows; start += batchSize)
        {
            int count = Math.Min(batchSize, rows - start);
            using var results = Session.Run([.. inputs.Select(input => input.Rows(start, count))], [output]);
            var tensor = (DenseTensor<T>)results.Single().Value;
            Assert.AreEqual(count, tensor.Dimensions[0], output);
            rowShape = [.. tensor.Dimensions[1..]];
            values.AddRange(tensor.Buffer.Span);
        }

        return new DenseTensor<T>(values.ToArray(), [rows, .. rowShape]);
    }

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }
}
