using System.Text;

namespace Cluster.Asl.Expressions;

/// <summary>
/// The shorthands for classes of characters in patterns as Java has them: <c>\d</c>, <c>\w</c>, <c>\s</c> and their opposites know ASCII
/// only, where .NET's know all of Unicode.
/// </summary>
internal static class JavaClasses
{
    private const string Digits = "0-9";

    private const string Letters = "a-zA-Z0-9_";

    private const string Blanks = " \\t\\n\\x0B\\f\\r";

    /// <summary>A pattern with the shorthands written out. An opposite within brackets stays, as it cannot be written out there.</summary>
    public static string WriteOut(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal))
            return pattern;
        var written = new StringBuilder(pattern.Length + 16);
        var inBrackets = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var c = pattern[at];
            if (c == '\\' && at + 1 < pattern.Length)
            {
                Append(pattern[++at], inBrackets, written);
                continue;
            }

            inBrackets = c == '[' || (inBrackets && c != ']');
            written.Append(c);
        }

        return written.ToString();
    }

    private static void Append(char shorthand, bool inBrackets, StringBuilder written)
    {
        var members = char.ToLowerInvariant(shorthand) switch
        {
            'd' => Digits,
            'w' => Letters,
            's' => Blanks,
            _ => null,
        };
        var isOpposite = char.IsAsciiLetterUpper(shorthand);
        if (members is null || (inBrackets && isOpposite))
            written.Append('\\').Append(shorthand);
        else if (inBrackets)
            written.Append(members);
        else
            written.Append(isOpposite ? "[^" : "[").Append(members).Append(']');
    }
}
