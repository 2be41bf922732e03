namespace ScoringService.Metrics;

/// <summary>The measurements of an instrument with one set of tags. Many threads may measure at a time, and none waits for another.</summary>
internal sealed class Series(KeyValuePair<string, object?>[] tags, double[] bounds)
{
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;

    /// <summary>The tags.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>The sum, or the value of a gauge.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>The measurements of a histogram, up to each bound and above the last.</summary>
    public long[] Buckets => [.. _buckets];

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

    /// <summary>Replaces the value of a gauge or of an observed sum.</summary>
    public void Set(double value) => Volatile.Write(ref _value, value);

    /// <summary>Adds to a sum.</summary>
    public void Add(double value)
    {
        double seen = Volatile.Read(ref _value);
        while (true)
        {
            double found = Interlocked.CompareExchange(ref _value, seen + value, seen);
            if (found.Equals(seen))
            {
                return;
            }

            seen = found;
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

        Interlocked.Increment(ref _buckets[bucket]);
        Add(value);
    }
}
