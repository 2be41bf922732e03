namespace Microsoft.ML.Sal.Tests.Onnx;

[TestClass]
public class PipelineExportLeftOut
{
    [TestMethod]
    [Ignore("Pipelines are exported to ONNX by the package Microsoft.ML.OnnxConverter; the offline stand-in has no counterpart.")]
    public void Pipelines_are_exported_against_the_package_only()
    {
    }
}
