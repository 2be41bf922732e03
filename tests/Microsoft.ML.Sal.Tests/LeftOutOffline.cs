namespace Microsoft.ML.Sal.Tests;

/// <summary>Stands for the tests in PackageOnly where they are not compiled, so that the results tell of them.</summary>
[TestClass]
public class LeftOutOffline
{
    [TestMethod]
    [Ignore("The tests in PackageOnly, such as those of exporting pipelines to ONNX, need what only the package Microsoft.ML has. Test with -p:MLNet=package.")]
    public void Tests_against_the_package_only()
    {
    }
}
