using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>Texts that filters compare with numbers.</summary>
internal static class FilterNumbers
{
    /// <summary>The longest text that is taken as a number, in characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>Reads a text as Java's BigDecimal does, which takes <c>+1</c>, <c>007</c>, <c>.5</c> and <c>5.</c>, or gives null when it is no number.</summary>
    public static JsonNumber? Read(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        var json = new StringBuilder(text.Length + 2);
        var rest = text.AsSpan();
        if (rest[0] is '-' or '+')
        {
            if (rest[0] == '-')
                json.Append('-');
            rest = rest[1..];
        }

        var whole = Digits(ref rest);
        var hasPoint = !rest.IsEmpty && rest[0] == '.';
        if (hasPoint)
            rest = rest[1..];
        var fraction = hasPoint ? Digits(ref rest) : default;
        if (whole.IsEmpty && fraction.IsEmpty)
            return null;
        var significant = whole.TrimStart('0');
        json.Append(significant.IsEmpty ? "0" : significant);
        if (!fraction.IsEmpty)
            json.Append('.').Append(fraction);
        return TryExponent(rest, json) ? new JsonNumber(json.ToString()) : null;
    }

    private static bool TryExponent(ReadOnlySpan<char> rest, StringBuilder json)
    {
        if (rest.IsEmpty)
            return true;
        if (rest[0] is not ('e' or 'E'))
            return false;
        rest = rest[1..];
        var sign = !rest.IsEmpty && rest[0] == '-' ? "-" : "";
        if (!rest.IsEmpty && rest[0] is '-' or '+')
            rest = rest[1..];
        var digits = Digits(ref rest);
        json.Append('e').Append(sign).Append(digits);
        return rest.IsEmpty && !digits.IsEmpty;
    }

    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        if (end < 0)
            end = rest.Length;
        var digits = rest[..end];
        rest = rest[end..];
        return digits;
    }
}
