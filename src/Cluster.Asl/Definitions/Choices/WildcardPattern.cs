using System.Collections.Immutable;
using System.Text;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>
/// The pattern of StringMatches: <c>*</c> stands for any characters, <c>\*</c> for a star, <c>\\</c> for a backslash.
/// Matching takes time in proportion to the text, whatever the pattern.
/// </summary>
internal sealed class WildcardPattern
{
    /// <summary>What must stand between the stars; first and last are anchored.</summary>
    private readonly ImmutableArray<Piece> _pieces;

    private WildcardPattern(ImmutableArray<Piece> pieces) => _pieces = pieces;

    public static WildcardPattern Parse(string pattern)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var piece = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                pieces.Add(new Piece(piece.ToString()));
                piece.Clear();
                continue;
            }

            if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\')
                i++;
            piece.Append(pattern[i]);
        }

        pieces.Add(new Piece(piece.ToString()));
        return new WildcardPattern(pieces.ToImmutable());
    }

    public bool IsMatch(string text)
    {
        var first = _pieces[0].Text;
        if (_pieces.Length == 1)
            return string.Equals(text, first, StringComparison.Ordinal);
        var last = _pieces[^1].Text;
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.Ordinal)
            || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        for (var i = 1; i < _pieces.Length - 1; i++)
        {
            var end = _pieces[i].FindEnd(rest);
            if (end < 0)
                return false;
            rest = rest[end..];
        }

        return true;
    }

    /// <summary>A text to find, with its table of borders (Knuth, Morris, Pratt), so that no character is looked at twice.</summary>
    private sealed class Piece
    {
        private readonly int[] _borders;

        public Piece(string text)
        {
            Text = text;
            _borders = new int[text.Length];
            for (int i = 1, length = 0; i < text.Length; i++)
            {
                while (length > 0 && text[i] != text[length])
                    length = _borders[length - 1];
                if (text[i] == text[length])
                    length++;
                _borders[i] = length;
            }
        }

        public string Text { get; }

        /// <summary>Where the first occurrence ends, or -1.</summary>
        public int FindEnd(ReadOnlySpan<char> text)
        {
            if (Text.Length == 0)
                return 0;
            for (int i = 0, length = 0; i < text.Length; i++)
            {
                while (length > 0 && text[i] != Text[length])
                    length = _borders[length - 1];
                if (text[i] == Text[length])
                    length++;
                if (length == Text.Length)
                    return i + 1;
            }

            return -1;
        }
    }
}
