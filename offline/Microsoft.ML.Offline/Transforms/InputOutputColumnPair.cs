using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>An output column, and the input column it is made of (by default the one of the same name).</summary>
public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
    {
        OutputColumnName = !string.IsNullOrWhiteSpace(outputColumnName) ? outputColumnName
            : throw Contracts.ExceptUserArg(nameof(outputColumnName), $"{nameof(outputColumnName)} cannot be null or white space");
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    public string InputColumnName { get; }

    public string OutputColumnName { get; }
}
