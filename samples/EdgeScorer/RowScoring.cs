using System.Globalization;
using System.Numerics.Tensors;

namespace EdgeScorer;

/// <summary>Scores rows as they arrive: one line in, one line out.</summary>
internal sealed class RowScoring(ModelFile file, bool withProbabilities)
{
    private readonly float[] _features = new float[file.Model.FeatureCount];
    private readonly float[] _probabilities = new float[file.Model.ClassCount];
    private readonly string[] _classFields = [.. file.ClassNames.Select(Quote)];

    public ScoringTime Time { get; } = new();

    /// <summary>
    /// Scores rows until the input ends. A row that cannot be scored gets an error message with its line number and an empty line of
    /// output, so that input and output lines correspond.
    /// </summary>
    /// <returns>The exit code.</returns>
    public int Run(TextReader input, TextWriter output, TextWriter errors)
    {
        int exitCode = ExitCode.AllRowsScored;
        for (int line = 1; input.ReadLine() is { } row; line++)
        {
            if (ReadFeatures(row) is { } problem)
            {
                errors.WriteLine($"Line {line}: {problem} The row was left out.");
                exitCode = ExitCode.RowsLeftOut;
            }
            else
            {
                file.Model.Predict(_features, _probabilities);
                WriteScores(output);
            }

            output.WriteLine();
            output.Flush();
            Time.RowEnds();
        }

        return exitCode;
    }

    // Fills the features, or returns what is wrong with the row. An empty field is a missing value, like NaN.
    private string? ReadFeatures(ReadOnlySpan<char> row)
    {
        int count = 0;
        foreach (Range range in row.Split(','))
        {
            ReadOnlySpan<char> field = row[range].Trim();
            float value = float.NaN;
            if (!field.IsEmpty && !float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            {
                return $"field {count + 1} is '{field}', which is not a number.";
            }

            if (count < _features.Length)
            {
                _features[count] = value;
            }

            count++;
        }

        return count == _features.Length ? null : $"it has {count} fields, but the model takes {_features.Length} features.";
    }

    // As RFC 4180 has it, so that a name with a comma or a line break is read back as one field.
    private static string Quote(string name) =>
        name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    private void WriteScores(TextWriter output)
    {
        output.Write(_classFields[TensorPrimitives.IndexOfMax<float>(_probabilities)]);
        foreach (float probability in withProbabilities ? _probabilities : [])
        {
            output.Write(',');
            output.Write(probability.ToString(CultureInfo.InvariantCulture));
        }
    }
}
