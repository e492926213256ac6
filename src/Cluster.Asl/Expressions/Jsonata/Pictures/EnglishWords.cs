using System.Collections.Frozen;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>The words that numbers are made of, in lower case.</summary>
internal static class EnglishWords
{
    public const string Hundred = "hundred";

    /// <summary>The longest word, in characters.</summary>
    public const int MaxLength = 12;

    public static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    public static readonly string[] SmallOrdinals =
    [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
        "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    ];

    /// <summary>By the number of tens; the first two have words of their own.</summary>
    public static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static readonly (string Name, double Value)[] Magnitudes =
        [("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

    private static readonly FrozenDictionary<string, double> Values = AllValues().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> ValuesBySpan =
        Values.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The largest magnitude that a number from a thousand on reaches.</summary>
    public static int MagnitudeOf(double number)
    {
        var magnitude = Magnitudes.Length - 1;
        while (Magnitudes[magnitude].Value > number)
            magnitude--;
        return magnitude;
    }

    /// <summary>What a word stands for, cardinal or ordinal, in any case.</summary>
    public static bool TryGetValue(ReadOnlySpan<char> word, out double value) => ValuesBySpan.TryGetValue(word, out value);

    private static IEnumerable<KeyValuePair<string, double>> AllValues()
    {
        for (var i = 0; i < Small.Length; i++)
        {
            yield return new(Small[i], i);
            yield return new(SmallOrdinals[i], i);
        }

        for (var i = 2; i < Tens.Length; i++)
        {
            yield return new(Tens[i], 10 * i);
            yield return new($"{Tens[i][..^1]}ieth", 10 * i);
        }

        yield return new(Hundred, 100);
        yield return new($"{Hundred}th", 100);
        foreach (var (name, value) in Magnitudes)
        {
            yield return new(name, value);
            yield return new($"{name}th", value);
        }
    }
}
