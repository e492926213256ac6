using System.Globalization;

namespace Cluster.Asl.Expressions;

/// <summary>
/// How many states the automaton of a pattern has, roughly: each character or class counts once, and as often as
/// the counted repetitions around it say. What one character of a text costs grows with it.
/// </summary>
internal static class PatternWeight
{
    /// <summary>The weight up to which automata are built.</summary>
    public const int Most = 5000;

    /// <summary>Where counting ends.</summary>
    private const long End = 1_000_000;

    public static int Of(ReadOnlySpan<char> pattern)
    {
        // The sums of the open groups, innermost last, and the last thing of the innermost, which a repetition multiplies.
        var sums = new Stack<long>([0]);
        var last = 0L;
        for (var at = 0; at < pattern.Length; at++)
        {
            var c = pattern[at];
            if (c == '{' && Repetitions(pattern[at..], out var length) is { } times)
            {
                last = Math.Min(last * times, End);
                at += length - 1;
                continue;
            }

            sums.Push(Math.Min(sums.Pop() + last, End));
            last = 1;
            if (c == '(')
            {
                sums.Push(0);
                last = 0;
            }
            else if (c == ')' && sums.Count > 1)
            {
                last = sums.Pop();
            }
            else if (c == '\\')
            {
                at++;
            }
            else if (c == '[')
            {
                at += LengthOfClass(pattern[at..]) - 1;
            }
        }

        return (int)Math.Min(last + sums.Sum(), End);
    }

    /// <summary>The larger bound of <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>, at least 1; null where it is no repetition.</summary>
    private static long? Repetitions(ReadOnlySpan<char> text, out int length)
    {
        length = text.IndexOf('}') + 1;
        if (length == 0)
            return null;
        var bounds = text[1..(length - 1)];
        var comma = bounds.IndexOf(',');
        var last = comma < 0 || comma == bounds.Length - 1 ? bounds.TrimEnd(',') : bounds[(comma + 1)..];
        return int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? Math.Max(times, 1) : null;
    }

    private static int LengthOfClass(ReadOnlySpan<char> text)
    {
        for (var at = 2; at < text.Length; at++)
        {
            if (text[at] == ']' && text[at - 1] != '\\')
                return at + 1;
        }

        return text.Length;
    }
}
