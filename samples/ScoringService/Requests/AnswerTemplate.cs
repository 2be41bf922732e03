using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ScoringService.Requests;

/// <summary>
/// Writes a model's answers as JSON: of each row the class of the highest probability, all probabilities by class, and the area that answered. All but the numbers is
/// made once.
/// </summary>
internal sealed class AnswerTemplate
{
    // The longest Single is -1.23456789E-38, the longest area -2147483648.
    private const int LongestNumber = 16;

    private readonly byte[] _head; // {"model":"digits","version":"0123456789abcdef",
    private readonly byte[][] _labels; // "predictedLabel":"7","probabilities":{
    private readonly byte[][] _shares; // "7":
    private readonly int _longestRow;

    public AnswerTemplate(string model, string version, IReadOnlyList<string> classNames)
    {
        string[] names = [.. classNames.Select(Quoted)];
        _head = Encoding.UTF8.GetBytes($"{{\"model\":{Quoted(model)},\"version\":{Quoted(version)},");
        _labels = [.. names.Select(name => Encoding.UTF8.GetBytes($"\"predictedLabel\":{name},\"probabilities\":{{"))];
        _shares = [.. names.Select((name, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}{name}:"))];
        _longestRow = _labels.Max(label => label.Length) + _shares.Sum(share => share.Length + LongestNumber) + "},\"area\":".Length + LongestNumber;
    }

    /// <param name="answer">Written to.</param>
    /// <param name="isBatch">Whether the rows were given as an array, and are so answered.</param>
    /// <param name="probabilities">rows x classes.</param>
    /// <param name="areas">The area of each row.</param>
    public void Write(IBufferWriter<byte> answer, bool isBatch, ReadOnlySpan<float> probabilities, ReadOnlySpan<int> areas)
    {
        answer.Write(_head);
        if (!isBatch)
        {
            WriteRow(answer, probabilities, areas[0]);
        }
        else
        {
            answer.Write("\"predictions\":["u8);
            for (int row = 0; row < areas.Length; row++)
            {
                answer.Write(row == 0 ? "{"u8 : ",{"u8);
                WriteRow(answer, probabilities.Slice(row * _labels.Length, _labels.Length), areas[row]);
                answer.Write("}"u8);
            }

            answer.Write("]"u8);
        }

        answer.Write("}"u8);
    }

    private void WriteRow(IBufferWriter<byte> answer, ReadOnlySpan<float> probabilities, int area)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        Span<byte> target = answer.GetSpan(_longestRow);
        int at = Put(target, 0, _labels[best]);
        for (int i = 0; i < probabilities.Length; i++)
        {
            at = Put(target, at, _shares[i]);
            probabilities[i].TryFormat(target[at..], out int digits, default, CultureInfo.InvariantCulture); // the shortest that reads back as the same
            at += digits;
        }

        at = Put(target, at, "},\"area\":"u8);
        area.TryFormat(target[at..], out int length, default, CultureInfo.InvariantCulture);
        answer.Advance(at + length);
    }

    private static int Put(Span<byte> target, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[at..]);
        return at + text.Length;
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
