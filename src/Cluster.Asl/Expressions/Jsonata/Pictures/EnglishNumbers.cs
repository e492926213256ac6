namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Numbers written in English words, cardinal and ordinal: <c>three thousand, seven hundred and thirty-first</c>.</summary>
internal static class EnglishNumbers
{
    private const int Twenty = 20;
    private const int Hundred = 100;
    private const int Thousand = 1000;

    /// <summary>Appends the words of an integer that is not negative. Beyond trillions of trillions it goes on in trillions.</summary>
    public static void Append(ref TextBuilder text, double integer, bool isOrdinal, LetterCase letterCase)
    {
        var start = new Words { IsOrdinal = isOrdinal, Case = letterCase };
        AppendPart(ref text, integer, start, isFirst: true);
    }

    /// <summary>
    /// Depth: each level divides by a thousand at least, and the numbers before a magnitude end as cardinals; doubles have 309 digits.
    /// </summary>
    private static void AppendPart(ref TextBuilder text, double number, Words words, bool isFirst)
    {
        if (number < Twenty)
        {
            text.Append(isFirst ? "" : words.And);
            var names = words.IsOrdinal ? EnglishWords.SmallOrdinals : EnglishWords.Small;
            words.Append(ref text, names[(int)number]);
            return;
        }

        if (number < Hundred)
        {
            text.Append(isFirst ? "" : words.And);
            AppendTens(ref text, (int)number, words);
            return;
        }

        text.Append(isFirst ? "" : ", ");
        double rest;
        if (number < Thousand)
        {
            rest = number % Hundred;
            words.Append(ref text, EnglishWords.Small[(int)number / Hundred]);
            text.Append(' ');
            words.Append(ref text, EnglishWords.Hundred);
        }
        else
        {
            var magnitude = EnglishWords.MagnitudeOf(number);
            var factor = EnglishWords.Magnitudes[magnitude].Value;
            var count = Math.Floor(number / factor);
            rest = number - (count * factor);
            AppendPart(ref text, count, words with { IsOrdinal = false }, isFirst: true);
            text.Append(' ');
            words.Append(ref text, EnglishWords.Magnitudes[magnitude].Name);
        }

        if (rest > 0)
            AppendPart(ref text, rest, words, isFirst: false);
        else if (words.IsOrdinal)
            words.AppendEnding(ref text, "th");
    }

    private static void AppendTens(ref TextBuilder text, int number, Words words)
    {
        const int Ten = 10;
        var tens = EnglishWords.Tens[number / Ten];
        var rest = number % Ten;
        if (rest == 0 && words.IsOrdinal)
        {
            // Twenty becomes twentieth.
            words.Append(ref text, tens.AsSpan()[..^1]);
            words.AppendEnding(ref text, "ieth");
            return;
        }

        words.Append(ref text, tens);
        if (rest == 0)
            return;
        text.Append('-');
        words.Append(ref text, (words.IsOrdinal ? EnglishWords.SmallOrdinals : EnglishWords.Small)[rest]);
    }

    private readonly record struct Words
    {
        public bool IsOrdinal { get; init; }

        public LetterCase Case { get; init; }

        public string And => Case == LetterCase.Upper ? " AND " : " and ";

        /// <summary>A word that the tables have in lower case.</summary>
        public void Append(ref TextBuilder text, ReadOnlySpan<char> word)
        {
            for (var i = 0; i < word.Length; i++)
            {
                var isUpper = Case == LetterCase.Upper || (Case == LetterCase.Title && i == 0);
                text.Append(isUpper ? char.ToUpperInvariant(word[i]) : word[i]);
            }
        }

        public void AppendEnding(ref TextBuilder text, string ending) =>
            text.Append(Case == LetterCase.Upper ? ending.ToUpperInvariant() : ending);
    }
}
