namespace ScoringService.Requests;

/// <summary>
/// Reads the commonest request, <c>{"features": [numbers]}</c>, several times as fast as a reader of JSON does. It knows only numbers that it gets exactly right; whatever else
/// it meets, it leaves to <see cref="PredictionRequest"/>, which also tells what is wrong.
/// </summary>
internal static class PlainRow
{
    // Digits / 10^n is rounded to Double, and then to Single. Rounding twice is rounding once unless the first ends half way between two Singles: a number of so few
    // digits that is not half way itself is at least 1 / (2^25 10^8) of its size away from that, which is more than Double rounds.
    private const int MostDigits = 9;
    private const int MostFractionDigits = 8;

    private static readonly double[] _powersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

    /// <param name="body">The request.</param>
    /// <param name="values">Written: the numbers.</param>
    /// <returns>Whether the body was such a request, with as many numbers as there are values; otherwise the values are undefined.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, Span<float> values)
    {
        int at = 0;
        if (!Take(body, ref at, "{"u8) || !Take(body, ref at, "\"features\""u8) || !Take(body, ref at, ":"u8) || !Take(body, ref at, "["u8))
        {
            return false;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if ((i > 0 && !Take(body, ref at, ","u8)) || !TryReadNumber(body, ref at, out values[i]))
            {
                return false;
            }
        }

        if (!Take(body, ref at, "]"u8) || !Take(body, ref at, "}"u8))
        {
            return false;
        }

        SkipSpace(body, ref at);
        return at == body.Length;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> body, ref int at, out float value)
    {
        value = 0;
        SkipSpace(body, ref at);
        bool isNegative = at < body.Length && body[at] == '-';
        at += isNegative ? 1 : 0;
        int start = at;
        uint digits = ReadDigits(body, ref at, 0);
        int wholeDigits = at - start, fractionDigits = 0;
        if (wholeDigits == 0 || wholeDigits > MostDigits || (wholeDigits > 1 && body[start] == '0'))
        {
            return false;
        }

        if (at < body.Length && body[at] == '.')
        {
            int point = at++;
            digits = ReadDigits(body, ref at, digits);
            fractionDigits = at - point - 1;
            if (fractionDigits is 0 or > MostFractionDigits || wholeDigits + fractionDigits > MostDigits)
            {
                return false;
            }
        }

        // What follows, such as an exponent, is seen by who looks for the comma.
        double magnitude = fractionDigits == 0 ? digits : digits / _powersOfTen[fractionDigits];
        value = (float)(isNegative ? -magnitude : magnitude);
        return true;
    }

    // Reads on after too many digits: the sum is then wrong, and not used.
    private static uint ReadDigits(ReadOnlySpan<byte> body, ref int at, uint digits)
    {
        while (at < body.Length && (uint)(body[at] - '0') <= 9)
        {
            digits = unchecked((10 * digits) + (uint)(body[at++] - '0'));
        }

        return digits;
    }

    private static bool Take(ReadOnlySpan<byte> body, ref int at, ReadOnlySpan<byte> token)
    {
        SkipSpace(body, ref at);
        if (!body[at..].StartsWith(token))
        {
            return false;
        }

        at += token.Length;
        return true;
    }

    private static void SkipSpace(ReadOnlySpan<byte> body, ref int at)
    {
        while (at < body.Length && body[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
    }
}
