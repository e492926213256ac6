using System.Globalization;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// A replacement text: <c>$0</c> is the match, <c>$1</c> and so on are its captures, <c>$$</c> is a dollar. A number has as many digits as that
/// of the last capture, or one less when there is no such capture; any other dollar is itself.
/// </summary>
internal static class Replacement
{
    /// <summary>Appends a replacement text for a match.</summary>
    public static void Append(StringBuilder result, string replacement, MatchWalk match)
    {
        if (!replacement.Contains('$', StringComparison.Ordinal))
        {
            result.Append(replacement);
            return;
        }

        var captures = match.Groups as JsonArray ?? JsonArray.Empty;
        var at = 0;
        while (at < replacement.Length)
        {
            var dollar = replacement.IndexOf('$', at);
            if (dollar < 0)
                break;
            result.Append(replacement, at, dollar - at);
            at = dollar + 1;
            var next = at < replacement.Length ? replacement[at] : ' ';
            if (next == '$')
            {
                result.Append('$');
                at++;
            }
            else if (next == '0')
            {
                Append(result, match.Match);
                at++;
            }
            else if (TryReadNumber(replacement, at, captures.Count) is { } number)
            {
                if (number >= 1 && number <= captures.Count)
                    Append(result, captures[number - 1]);
                at += number.ToString(CultureInfo.InvariantCulture).Length;
            }
            else
            {
                result.Append('$');
            }
        }

        result.Append(replacement, at, replacement.Length - at);
    }

    private static void Append(StringBuilder result, JsonValue? part)
    {
        if (part is JsonString text)
            result.Append(text.Value);
    }

    private static int? TryReadNumber(string text, int at, int captures)
    {
        var digits = captures.ToString(CultureInfo.InvariantCulture).Length;
        var number = LeadingInteger(text.AsSpan(at, Math.Min(digits, text.Length - at)));
        return digits > 1 && number > captures ? LeadingInteger(text.AsSpan(at, Math.Min(digits - 1, text.Length - at))) : number;
    }

    /// <summary>The integer at the beginning, as JavaScript's <c>parseInt</c> sees it: behind blanks, with a sign.</summary>
    private static int? LeadingInteger(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var length = text is ['+' or '-', ..] ? 1 : 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
            length++;
        return int.TryParse(text[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
