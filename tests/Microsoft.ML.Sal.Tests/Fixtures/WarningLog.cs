using Microsoft.ML.Runtime;

namespace Microsoft.ML.Sal.Tests.Fixtures;

/// <summary>The warnings of a context.</summary>
internal static class WarningLog
{
    /// <summary>Collects the warnings from now on, each of one line, without the name of their source.</summary>
    public static List<string> Warnings(this MLContext mlContext)
    {
        List<string> warnings = [];
        mlContext.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning)
            {
                Assert.DoesNotContain("\n", line.RawMessage);
                warnings.Add(line.RawMessage);
            }
        };
        return warnings;
    }
}
