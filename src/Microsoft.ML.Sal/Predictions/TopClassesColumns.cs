namespace Microsoft.ML.Trainers.Sal;

/// <summary>Names the columns of <see cref="TopClassesTransformer"/>, and the number of classes that it selects.</summary>
internal sealed record TopClassesColumns(string Output, string Input, int Count)
{
    /// <summary>Checks the score column.</summary>
    /// <param name="isScore">Whether its type is right; null if it is missing.</param>
    /// <param name="present">The columns that are there, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or has the wrong type.</exception>
    public void Check(bool? isScore, IEnumerable<string> present)
    {
        if (isScore is null)
        {
            throw Mismatch(
                $"There is no score column '{Input}'. Append SelectTopClasses after a multiclass trainer, or name its score column. "
                + $"The data has {NameList.Columns(present)}.");
        }

        if (isScore == false)
        {
            throw Mismatch(
                $"The column '{Input}' is not a known-size vector of Single, as the score of a multiclass trainer is. "
                + "Append SelectTopClasses after a multiclass trainer, or name its score column.");
        }
    }

    // The exception type that ML.NET's own estimators throw for a schema that does not fit.
    private static ArgumentOutOfRangeException Mismatch(string message) => new(paramName: null, message);
}
