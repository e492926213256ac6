namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Reads numbers in English words.</summary>
internal static class EnglishReading
{
    private const string And = "and";

    /// <summary>
    /// The number of a text that is nothing but words, with a blank, a hyphen, a comma and a blank, or "and" between blanks between each
    /// two. NaN for any other text.
    /// </summary>
    public static double Read(ReadOnlySpan<char> text)
    {
        // Units up to 99 are added, larger words multiply what came last: "nineteen hundred and eighty-four".
        var sum = 0.0;
        var last = 0.0;
        var at = 0;
        while (true)
        {
            var length = WordLength(text[at..]);
            if (!EnglishWords.TryGetValue(text.Slice(at, length), out var value))
                return double.NaN;
            if (value < 100)
            {
                if (last >= 1000)
                {
                    sum += last;
                    last = 0;
                }

                last += value;
            }
            else
                last *= value;

            at += length;
            if (at == text.Length)
                return sum + last;
            var separator = SeparatorLength(text[at..]);
            if (separator == 0)
                return double.NaN;
            at += separator;
        }
    }

    /// <summary>The length of the longest run of words at the start of a text; zero if there is no word.</summary>
    public static int Longest(ReadOnlySpan<char> text)
    {
        var end = 0;
        var at = 0;
        while (true)
        {
            var length = NumberWordLength(text[at..]);
            if (length == 0)
                return end;
            end = at + length;
            var separator = SeparatorLength(text[end..]);
            if (separator == 0)
                return end;
            at = end + separator;
        }
    }

    /// <summary>The next shorter run of words inside one: without its last word and what stands before that; or zero.</summary>
    public static int Shorter(ReadOnlySpan<char> run)
    {
        var end = run.Length;
        while (end > 0 && char.IsAsciiLetter(run[end - 1]))
            end--;
        run = run[..end].TrimEnd(" ,-\t\r\n");
        if (run.EndsWith(And, StringComparison.OrdinalIgnoreCase) && run.Length > And.Length && char.IsWhiteSpace(run[^(And.Length + 1)]))
            run = run[..^And.Length].TrimEnd();
        return run.Length;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter(text[length]))
            length++;
        return length;
    }

    /// <summary>The longest word of a number at the start, which need not end there: a picture may go on with a letter.</summary>
    private static int NumberWordLength(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(WordLength(text), EnglishWords.MaxLength); length > 0; length--)
        {
            if (EnglishWords.TryGetValue(text[..length], out _))
                return length;
        }

        return 0;
    }

    private static int SeparatorLength(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return 0;
        if (text[0] == ',')
            return text.Length > 1 && char.IsWhiteSpace(text[1]) ? 2 : 0;
        if (!char.IsWhiteSpace(text[0]))
            return text[0] == '-' ? 1 : 0;
        var isAnd = text.Length > And.Length + 1
            && text[1..].StartsWith(And, StringComparison.OrdinalIgnoreCase)
            && char.IsWhiteSpace(text[And.Length + 1]);
        return isAnd ? And.Length + 2 : 1;
    }
}
