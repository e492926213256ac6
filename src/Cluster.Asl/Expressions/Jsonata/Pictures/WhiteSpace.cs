using System.Buffers;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$trim</c>: none of the white space at the ends, and one blank for each run of it in between.</summary>
internal static class WhiteSpace
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n\r");

    /// <summary>The text with its white space normalized, or null if it is already.</summary>
    public static string? Normalized(string text)
    {
        var trimmed = text.AsSpan().Trim(" \t\n\r");
        if (trimmed.IndexOfAny("\t\n\r") < 0 && trimmed.IndexOf("  ") < 0)
            return trimmed.Length == text.Length ? null : trimmed.ToString();
        return string.Create(NormalizedLength(trimmed), text, static (to, text) =>
        {
            var rest = text.AsSpan().Trim(" \t\n\r");
            while (true)
            {
                var word = NextWord(ref rest);
                word.CopyTo(to);
                if (rest.Length == 0)
                    return;
                to[word.Length] = ' ';
                to = to[(word.Length + 1)..];
            }
        });
    }

    private static int NormalizedLength(ReadOnlySpan<char> trimmed)
    {
        var length = 0;
        while (true)
        {
            length += NextWord(ref trimmed).Length;
            if (trimmed.Length == 0)
                return length;
            length++;
        }
    }

    /// <summary>Takes a word and the white space behind it.</summary>
    private static ReadOnlySpan<char> NextWord(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(Blanks);
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[end..].TrimStart(" \t\n\r");
        return word;
    }
}
