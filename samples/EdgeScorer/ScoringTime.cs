using System.Diagnostics;
using System.Globalization;

namespace EdgeScorer;

/// <summary>
/// Measures the time from the start of the process to the first scored row, and then per row, including input and output.
/// </summary>
internal sealed class ScoringTime
{
    private double _startMilliseconds;
    private long _firstRowEnd;
    private long _lastRowEnd;
    private int _rows;

    public void RowEnds()
    {
        _lastRowEnd = Stopwatch.GetTimestamp();
        if (_rows++ == 0)
        {
            _firstRowEnd = _lastRowEnd;
            using var process = Process.GetCurrentProcess();
            _startMilliseconds = (DateTime.Now - process.StartTime).TotalMilliseconds;
        }
    }

    public void Report(TextWriter output)
    {
        double microseconds = _rows > 1 ? Stopwatch.GetElapsedTime(_firstRowEnd, _lastRowEnd).TotalMicroseconds / (_rows - 1) : 0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"result: rows={_rows} first_row_ms={_startMilliseconds:F0} row_us={microseconds:F1}"));
    }
}
