namespace ScoringService.Metrics;

/// <summary>The measurements of an instrument with one set of tags.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private long _count;

    /// <summary>The tags.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    public bool HasTags(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length)
        {
            return false;
        }

        for (int i = 0; i < other.Length; i++)
        {
            if (other[i].Key != tags[i].Key || !Equals(other[i].Value, tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds to a sum.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
            _count++;
        }
    }

    /// <summary>Replaces the value of a gauge or of an observed sum.</summary>
    public void Set(double value)
    {
        lock (_lock)
        {
            _value = value;
            _count++;
        }
    }

    /// <summary>Counts a value in a histogram.</summary>
    public void Record(double value)
    {
        int bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _buckets[bucket]++;
            _value += value;
            _count++;
        }
    }

    /// <summary>The sum or the value, the number of measurements, and those of each bucket, all of one moment.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, _count, [.. _buckets]);
        }
    }
}
