namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>A compiled picture of <c>$formatNumber</c>, after XPath Functions and Operators 3.1, 4.7.</summary>
/// <param name="Symbols">The symbols that the picture was read with.</param>
/// <param name="Positive">For zero and above.</param>
/// <param name="Negative">Below zero; the positive one after a minus sign, if the picture has no own.</param>
internal sealed record NumberPicture(NumberSymbols Symbols, SubPicture Positive, SubPicture Negative)
{
    private static readonly PictureCache<NumberPicture> Cache =
        new(static picture => NumberPictureParser.Parse(picture, NumberSymbols.Default));

    /// <summary>The compiled form of a picture.</summary>
    /// <exception cref="JsonataException">D3080 to D3093: the picture is malformed.</exception>
    public static NumberPicture Of(string picture, NumberSymbols symbols)
    {
        if (ReferenceEquals(symbols, NumberSymbols.Default))
            return Cache[picture];
        PictureLimits.Hold(picture.Length, PictureLimits.MaxPictureLength);
        return NumberPictureParser.Parse(picture, symbols);
    }
}

/// <summary>One half of a picture.</summary>
internal sealed record SubPicture
{
    /// <summary>What stands before the number.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What stands after it.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>What the number is multiplied with: 100 for per cent, 1000 for per mille.</summary>
    public double Factor { get; init; } = 1;

    public int MinIntegerDigits { get; init; }

    public int MinFractionDigits { get; init; }

    public int MaxFractionDigits { get; init; }

    /// <summary>The least digits of the exponent; zero if none is written.</summary>
    public int MinExponentDigits { get; init; }

    /// <summary>The digits before the point of a number with an exponent.</summary>
    public int ScalingDigits { get; init; }

    /// <summary>The digits to the right of each separator in the integer part, from the right to the left.</summary>
    public int[] IntegerGroups { get; init; } = [];

    /// <summary>The distance at which separators go on in the integer part, or zero.</summary>
    public int IntegerInterval { get; init; }

    /// <summary>The fraction's digits to the left of each separator in it.</summary>
    public int[] FractionGroups { get; init; } = [];
}
