using Microsoft.ML.Data;

namespace Microsoft.ML.Model.OnnxConverter;

/// <summary>The ONNX file under construction. Nothing here makes one: exporting pipelines takes the real package.</summary>
internal abstract class OnnxContext
{
    public abstract string GetNodeName(string prefix);

    public abstract bool ContainsColumn(string colName);

    public abstract void CheckOpSetVersion(int thisTransformerMinumumOpSetVersion, string registerTransformerName);

    public abstract string GetVariableName(string colName);

    public abstract string AddIntermediateVariable(DataViewType type, string colName, bool skip = false);

    public abstract OnnxNode CreateNode(string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string domain = null);

    public abstract List<long> RetrieveShapeOrNull(string variableName);

    public abstract string AddInitializer(float value, string name = null, bool makeUniqueName = true);

    public abstract string AddInitializer(long value, string name = null, bool makeUniqueName = true);

    public abstract string AddInitializer(IEnumerable<float> values, IEnumerable<long> dims, string name = null, bool makeUniqueName = true);

    public abstract string AddInitializer(IEnumerable<long> values, IEnumerable<long> dims, string name = null, bool makeUniqueName = true);
}
