namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Numbers as letters: a to z are 1 to 26, aa is 27.</summary>
internal static class LetterNumerals
{
    private const int Letters = 26;

    /// <summary>As many letters as the largest double has.</summary>
    private const int MaxLetters = 220;

    /// <summary>Appends the letters; zero has none.</summary>
    public static void Append(ref TextBuilder text, double integer, bool isUpper)
    {
        Span<char> letters = stackalloc char[MaxLetters];
        var at = MaxLetters;
        for (; integer > 0; integer = Math.Floor((integer - 1) / Letters))
            letters[--at] = (char)((isUpper ? 'A' : 'a') + (int)((integer - 1) % Letters));
        text.Append(letters[at..]);
    }

    /// <summary>The number; NaN if there is anything but letters.</summary>
    public static double Read(ReadOnlySpan<char> text)
    {
        var value = 0.0;
        foreach (var c in text)
            value = char.IsAsciiLetter(c) ? (value * Letters) + (char.ToLowerInvariant(c) - 'a' + 1) : double.NaN;
        return value;
    }
}
