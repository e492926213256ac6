namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// Which characters are the same to the flag <c>i</c>: those with the same upper-case form of one code unit. A character beyond ASCII is never
/// the same as one of ASCII, and one whose upper case has several characters is only the same as itself.
/// </summary>
internal static class CaseFolding
{
    private const int FirstBeyondAscii = 128;

    /// <summary>Greek letters with a iota below: their upper case is two letters, though a title case of one unit exists.</summary>
    private static readonly CharSet Unchanged = CharSet.Of(
    [
        new('\u1f80', '\u1faf'), new('\u1fb3', '\u1fb3'), new('\u1fbc', '\u1fbc'),
        new('\u1fc3', '\u1fc3'), new('\u1fcc', '\u1fcc'), new('\u1ff3', '\u1ff3'), new('\u1ffc', '\u1ffc'),
    ]);

    private static IReadOnlyDictionary<char, char[]>? _families;

    /// <summary>Of each upper-case form beyond ASCII that several characters have: these characters.</summary>
    private static IReadOnlyDictionary<char, char[]> Families => _families ??= Enumerable
        .Range(FirstBeyondAscii, char.MaxValue + 1 - FirstBeyondAscii)
        .Select(unit => (char)unit)
        .GroupBy(Upper)
        .Where(family => family.Skip(1).Any())
        .ToDictionary(family => family.Key, family => family.ToArray());

    /// <summary>All characters that are the same as a member of a set.</summary>
    public static CharSet Close(CharSet set)
    {
        var closed = new List<CharRange>();
        foreach (var (first, last) in set.Ranges)
        {
            closed.Add(new CharRange(first, last));
            AddShifted(closed, first, last, 'a', 'z', 'A' - 'a');
            AddShifted(closed, first, last, 'A', 'Z', 'a' - 'A');
            if (last >= FirstBeyondAscii)
                AddFamilies(closed, (char)Math.Max(first, (char)FirstBeyondAscii), last);
        }

        return CharSet.Of(closed);
    }

    /// <summary>The form that all characters have in common that are the same.</summary>
    public static char Canonical(char unit) =>
        char.IsAsciiLetterLower(unit) ? (char)(unit + 'A' - 'a') : unit < FirstBeyondAscii ? unit : Upper(unit);

    private static void AddShifted(List<CharRange> closed, char first, char last, char from, char to, int by)
    {
        var (low, high) = ((char)Math.Max(first, from), (char)Math.Min(last, to));
        if (low <= high)
            closed.Add(new CharRange((char)(low + by), (char)(high + by)));
    }

    private static void AddFamilies(List<CharRange> closed, char first, char last)
    {
        foreach (var family in Families.Values)
        {
            if (family.Any(one => one >= first && one <= last))
                closed.AddRange(family.Select(one => new CharRange(one, one)));
        }
    }

    private static char Upper(char unit)
    {
        var upper = char.ToUpperInvariant(unit);
        return upper < FirstBeyondAscii || Unchanged.Contains(unit) ? unit : upper;
    }
}
