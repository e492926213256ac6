using System.Buffers;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>A set made for fast answers: a bit for each character of ASCII, ranges for the rest.</summary>
internal sealed class CharClass
{
    private const int BitsPerWord = 64;
    private const int AsciiEnd = 128;

    /// <summary>Sets of more characters are searched one by one.</summary>
    private const int MaxSearched = 256;

    private readonly ulong _low;
    private readonly ulong _high;
    private readonly CharSet _set;
    private readonly SearchValues<char>? _search;

    public CharClass(CharSet set)
    {
        _set = set;
        for (var unit = 0; unit < BitsPerWord; unit++)
        {
            _low |= set.Contains((char)unit) ? 1UL << unit : 0;
            _high |= set.Contains((char)(unit + BitsPerWord)) ? 1UL << unit : 0;
        }

        var size = 0;
        foreach (var (first, last) in set.Ranges)
            size += last - first + 1;
        if (size <= MaxSearched)
            _search = SearchValues.Create(Members(set));
    }

    public bool Contains(char unit) => unit < BitsPerWord
        ? (_low >> unit & 1) != 0
        : unit < AsciiEnd ? (_high >> (unit - BitsPerWord) & 1) != 0 : _set.Contains(unit);

    /// <summary>The first place at or behind an index with a character of the set, or -1.</summary>
    public int Find(string text, int from)
    {
        if (_search is not null)
        {
            var found = text.AsSpan(from).IndexOfAny(_search);
            return found < 0 ? -1 : from + found;
        }

        for (var at = from; at < text.Length; at++)
        {
            if (Contains(text[at]))
                return at;
        }

        return -1;
    }

    private static char[] Members(CharSet set)
    {
        var members = new List<char>();
        foreach (var (first, last) in set.Ranges)
        {
            for (int unit = first; unit <= last; unit++)
                members.Add((char)unit);
        }

        return [.. members];
    }
}
