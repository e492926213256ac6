namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// A set of UTF-16 code units: ranges in ascending order that neither overlap nor touch. JavaScript's sets are spelt out in ranges, because
/// .NET's classes of the same names hold others.
/// </summary>
internal sealed class CharSet
{
    private readonly CharRange[] _ranges;

    private CharSet(CharRange[] ranges) => _ranges = ranges;

    /// <summary>The decimal digits of ASCII: <c>\d</c>.</summary>
    public static CharSet Digits { get; } = Of([new('0', '9')]);

    /// <summary>Letters, digits and underscore of ASCII: <c>\w</c>.</summary>
    public static CharSet Words { get; } = Of([new('0', '9'), new('A', 'Z'), new('_', '_'), new('a', 'z')]);

    /// <summary>White space and ends of lines: <c>\s</c>.</summary>
    public static CharSet Blanks { get; } = Of(
    [
        new('\t', '\r'), new(' ', ' '), new('\u00a0', '\u00a0'), new('\u1680', '\u1680'), new('\u2000', '\u200a'),
        new('\u2028', '\u2029'), new('\u202f', '\u202f'), new('\u205f', '\u205f'), new('\u3000', '\u3000'), new('\ufeff', '\ufeff'),
    ]);

    /// <summary>What ends a line.</summary>
    public static CharSet LineEnds { get; } = Of([new('\n', '\n'), new('\r', '\r'), new('\u2028', '\u2029')]);

    /// <summary>The set without members.</summary>
    public static CharSet Empty { get; } = new([]);

    /// <summary>The members, as ranges in ascending order.</summary>
    public ReadOnlySpan<CharRange> Ranges => _ranges;

    /// <summary>The only member, or null when there are others or none.</summary>
    public char? Single => _ranges is [var only] && only.First == only.Last ? only.First : null;

    /// <summary>A set of ranges in any order, which may overlap.</summary>
    public static CharSet Of(IEnumerable<CharRange> ranges)
    {
        var merged = new List<CharRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = new CharRange(merged[^1].First, (char)Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return new CharSet([.. merged]);
    }

    /// <summary>The set of one character.</summary>
    public static CharSet Of(char only) => new([new CharRange(only, only)]);

    /// <summary>All characters that are not in this set.</summary>
    public CharSet Complement()
    {
        var rest = new List<CharRange>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
                rest.Add(new CharRange((char)next, (char)(first - 1)));
            next = last + 1;
        }

        if (next <= char.MaxValue)
            rest.Add(new CharRange((char)next, char.MaxValue));
        return new CharSet([.. rest]);
    }

    /// <summary>Whether a character is a member.</summary>
    public bool Contains(char wanted)
    {
        foreach (var (first, last) in _ranges)
        {
            if (wanted <= last)
                return wanted >= first;
        }

        return false;
    }
}
