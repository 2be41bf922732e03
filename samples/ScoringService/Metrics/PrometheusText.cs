using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ScoringService.Metrics;

/// <summary>
/// Listens to instruments of System.Diagnostics.Metrics and writes them as Prometheus text, with the names that OpenTelemetry gives them there
/// (http.server.request.duration becomes http_server_request_duration_seconds), so that dashboards made for ASP.NET Core fit.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>The content type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] _meters = [ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "System.Runtime"];
    private static readonly double[] _durationBounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Recorded> _instruments = new();

    /// <param name="meters">The meters of this service: others of the process, as of a second service in tests, have another scope.</param>
    public PrometheusText(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, known => new Recorded(known)));
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Recorded)state!).Measured(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Recorded)state!).Measured(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Recorded)state!).Measured(value, tags));
        _listener.Start();
    }

    /// <summary>All instruments, in Prometheus's text format.</summary>
    public string Write()
    {
        foreach (Recorded recorded in _instruments.Values.Where(recorded => recorded.Instrument.IsObservable))
        {
            recorded.Clear(); // tags that are observed no more, as of a replaced version, are gone
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (Recorded recorded in _instruments.Values.OrderBy(recorded => recorded.Name, StringComparer.Ordinal))
        {
            recorded.WriteTo(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>An instrument and its series.</summary>
    private sealed class Recorded
    {
        private readonly Lock _lock = new();
        private readonly bool _isHistogram;
        private readonly bool _isGauge;
        private readonly bool _isSum;
        private readonly double[] _bounds;
        private volatile Series[] _series = []; // copied when it grows, so that measuring takes no lock of it

        public Recorded(Instrument instrument)
        {
            Instrument = instrument;
            Type type = instrument.GetType().GetGenericTypeDefinition();
            _isHistogram = type == typeof(Histogram<>);
            _isGauge = type != typeof(Histogram<>) && type != typeof(Counter<>) && type != typeof(ObservableCounter<>);
            _isSum = type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
            _bounds = _isHistogram ? _durationBounds : [];
            string name = string.Concat(instrument.Name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
            string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
            Name = name + (name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit) + (_isHistogram || _isGauge ? "" : "_total");
        }

        public Instrument Instrument { get; }

        public string Name { get; }

        public void Clear() => _series = [];

        public void Measured(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Series series = Find(_series, tags) ?? Add(tags);
            if (_isHistogram)
            {
                series.Record(value);
            }
            else if (_isSum)
            {
                series.Add(value);
            }
            else
            {
                series.Set(value);
            }
        }

        public void WriteTo(StringBuilder text)
        {
            Series[] all = _series;
            if (all.Length == 0)
            {
                return;
            }

            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {Escape(Instrument.Description ?? Instrument.Name, quotes: false)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {Name} {(_isHistogram ? "histogram" : _isGauge ? "gauge" : "counter")}\n");
            foreach (Series series in all)
            {
                string labels = string.Join(',', series.Tags.Select(tag => $"{Label(tag.Key)}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "", quotes: true)}\""));
                if (!_isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {series.Value}\n");
                    continue;
                }

                long[] buckets = series.Buckets;
                long below = 0;
                string separator = labels.Length == 0 ? "" : ",";
                for (int i = 0; i <= _bounds.Length; i++)
                {
                    below += buckets[i];
                    string bound = i < _bounds.Length ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{labels}{separator}le=\"{bound}\"}} {below}\n");
                }

                string braces = labels.Length == 0 ? "" : $"{{{labels}}}";
                text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{braces} {series.Value}\n{Name}_count{braces} {below}\n");
            }
        }

        private static Series? Find(Series[] all, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (Series series in all)
            {
                if (series.HasTags(tags))
                {
                    return series;
                }
            }

            return null;
        }

        private Series Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (_lock)
            {
                if (Find(_series, tags) is { } known)
                {
                    return known;
                }

                var series = new Series(tags.ToArray(), _bounds);
                _series = [.. _series, series];
                return series;
            }
        }

        private static string Label(string key) => string.Concat(key.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));

        private static string Escape(string text, bool quotes)
        {
            text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
        }
    }
}
