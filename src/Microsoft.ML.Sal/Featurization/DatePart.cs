namespace Microsoft.ML.Trainers.Sal;

/// <summary>Represents a part of a point in time: how to compute it, here and in ML.NET's language of expressions.</summary>
/// <param name="Name">The name of the feature, after the member of <see cref="DateTime"/>.</param>
/// <param name="Expression">
/// The part, from the ticks <c>x</c>, the whole days <c>n</c> since March of the year 0, and what follows from them.
/// </param>
/// <param name="Of">Computes the part.</param>
internal sealed record DatePart(string Name, string Expression, Func<DateTime, double> Of)
{
    // Days are counted from a first of March, so that a leap day comes last: era of 400 years, day of the era, year of the era, day of the
    // year, month from March on.
    private const string Calendar =
        "x : x == 0d ? na(single(x)) : "
        + "with(n = floor(x / 864000000000d) + 306d; with(e = floor(n / 146097d); with(d = n - e * 146097d; "
        + "with(y = floor((d - floor(d / 1460d) + floor(d / 36524d) - floor(d / 146096d)) / 365d); "
        + "with(q = d - (365d * y + floor(y / 4d) - floor(y / 100d)); with(m = floor((5d * q + 2d) / 153d); single(";

    /// <summary>Gets all parts.</summary>
    public static IReadOnlyList<DatePart> All { get; } =
    [
        // To the sixteenth of a day, as exactly as a Single can be.
        new("Days", "x / 864000000000d", time => (double)time.Ticks / TimeSpan.TicksPerDay),
        new("Month", "m < 10d ? m + 3d : m - 9d", time => time.Month),
        new("Day", "q - floor((153d * m + 2d) / 5d) + 1d", time => time.Day),
        new("DayOfWeek", "(n + 3d) % 7d", time => (int)time.DayOfWeek),
        new("Hour", "(x - (n - 306d) * 864000000000d) / 36000000000d", time => time.TimeOfDay.TotalHours),
    ];

    /// <summary>Gets the expression that computes the part from ticks, NaN from 0, which stands for a missing date.</summary>
    public string FromTicks => $"{Calendar}{Expression})))))))";
}
