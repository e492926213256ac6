namespace Cluster.Asl.Json;

/// <summary>
/// The value of a number's text, as sign × 0.d₁d₂d₃… × 10^scale with d₁ and the last digit not zero. Exponents are
/// never expanded, so 1e999999999 costs no more than 1.
/// </summary>
internal readonly ref struct DecimalText
{
    /// <summary>The exponent at which larger ones are taken as equal: far beyond what digits written out can balance.</summary>
    private const long MaxExponent = 1_000_000_000_000_000;

    private readonly int _sign;
    private readonly long _scale;

    // From the first to the last digit that is not zero, with or without a point in it.
    private readonly ReadOnlySpan<char> _digits;

    public DecimalText(ReadOnlySpan<char> text)
    {
        var negative = text[0] == '-';
        var mantissa = negative ? text[1..] : text;
        var exponent = 0L;
        var e = mantissa.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            exponent = Exponent(mantissa[(e + 1)..]);
            mantissa = mantissa[..e];
        }

        var first = mantissa.IndexOfAnyInRange('1', '9');
        if (first < 0)
            return;
        var last = mantissa.LastIndexOfAnyInRange('1', '9');
        var point = mantissa.IndexOf('.');
        if (point < 0)
            point = mantissa.Length;
        _sign = negative ? -1 : 1;
        _scale = exponent + (first < point ? point - first : point - first + 1);
        _digits = mantissa[first..(last + 1)];
    }

    public static int Compare(DecimalText left, DecimalText right)
    {
        if (left._sign != right._sign)
            return left._sign.CompareTo(right._sign);
        if (left._scale != right._scale)
            return left._sign * left._scale.CompareTo(right._scale);
        return left._sign * CompareDigits(left._digits, right._digits);
    }

    /// <summary>Equal for equal values, and the same in every process.</summary>
    public int Hash()
    {
        var hash = unchecked((_sign * 31) + (int)_scale);
        foreach (var c in _digits)
        {
            if (c != '.')
                hash = unchecked((hash * 31) + c);
        }

        return hash;
    }

    private static int CompareDigits(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var i = 0;
        var j = 0;
        while (true)
        {
            if (i < left.Length && left[i] == '.')
                i++;
            if (j < right.Length && right[j] == '.')
                j++;
            if (i == left.Length || j == right.Length)
                return (left.Length - i).CompareTo(right.Length - j);
            if (left[i] != right[j])
                return left[i].CompareTo(right[j]) < 0 ? -1 : 1;
            i++;
            j++;
        }
    }

    private static long Exponent(ReadOnlySpan<char> text)
    {
        var value = 0L;
        foreach (var c in text.TrimStart("+-"))
            value = Math.Min((value * 10) + (c - '0'), MaxExponent);
        return text[0] == '-' ? -value : value;
    }
}
