namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Which numerals an integer picture asks for.</summary>
internal enum NumeralKind : byte
{
    /// <summary>Decimal digits of one family.</summary>
    Digits,

    /// <summary>a, b, … z, aa, ab …</summary>
    Letters,

    /// <summary>i, ii, iii, iv …</summary>
    Roman,

    /// <summary>English words.</summary>
    Words,

    /// <summary>A sequence that starts with the picture, which is unknown to us.</summary>
    Unknown,
}

/// <summary>In which case letters and words stand.</summary>
internal enum LetterCase : byte
{
    Lower,
    Upper,
    Title,
}

/// <summary>A grouping separator inside digits.</summary>
/// <param name="Position">The number of digits to its right.</param>
/// <param name="Text">One character, of one or two UTF-16 units.</param>
internal readonly record struct GroupSeparator(int Position, string Text);

/// <summary>A compiled picture of <c>$formatInteger</c>, of <c>$parseInteger</c>, or of a number inside a date/time picture.</summary>
internal sealed record IntegerPicture
{
    private static readonly PictureCache<IntegerPicture> Cache = new(static picture => IntegerPictureParser.Parse(picture));

    public NumeralKind Kind { get; init; }

    public LetterCase Case { get; init; }

    /// <summary>Whether 1st, 2nd, first and second are meant.</summary>
    public bool IsOrdinal { get; init; }

    /// <summary>The digit zero of the family.</summary>
    public char Zero { get; init; } = '0';

    /// <summary>How many digits there are at least.</summary>
    public int MandatoryDigits { get; init; }

    /// <summary>How many digit places the picture shows that need not be filled.</summary>
    public int OptionalDigits { get; init; }

    /// <summary>The digits between two of the same separators, when it goes on without end; zero otherwise.</summary>
    public int Interval { get; init; }

    /// <summary>The separators from the right to the left; with an <see cref="Interval"/>, the first is the one to repeat.</summary>
    public GroupSeparator[] Separators { get; init; } = [];

    /// <summary>The picture without its modifier, for the error about an unknown sequence.</summary>
    public string Primary { get; init; } = "";

    /// <summary>The compiled form of a picture.</summary>
    /// <exception cref="JsonataException">D3131: its digits are of several families.</exception>
    public static IntegerPicture Of(string picture) => Cache[picture];

    /// <summary>The error for what can be neither written nor read.</summary>
    public JsonataException UnknownSequence() => JsonataErrors.OfText("D3130", Primary);
}
