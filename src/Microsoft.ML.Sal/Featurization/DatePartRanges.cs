namespace Microsoft.ML.Trainers.Sal;

/// <summary>Finds the parts that differ between dates.</summary>
internal sealed class DatePartRanges
{
    private readonly bool[] _varies = new bool[DatePart.All.Count];
    private DateTime? _first;

    /// <summary>Gets the parts that differ.</summary>
    public IReadOnlyList<DatePart> Varying => [.. DatePart.All.Where((_, index) => _varies[index])];

    public void Look(DateTime time)
    {
        _first ??= time;
        for (int index = 0; index < _varies.Length; index++)
        {
            Func<DateTime, double> part = DatePart.All[index].Of;
            _varies[index] |= part(time) != part(_first.Value);
        }
    }
}
