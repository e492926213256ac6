namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>A compiled picture of <c>$fromMillis</c> and <c>$toMillis</c>, after XPath Functions and Operators 3.1, 9.8.4.</summary>
/// <param name="Parts">Texts and components in their order.</param>
internal sealed record DatePicture(DatePart[] Parts)
{
    /// <summary>The components that are integers unless they ask for names.</summary>
    public const string IntegerComponents = "YMDdFWwXxHhmsf";

    private static readonly PictureCache<DatePicture> Cache = new(static picture => DatePictureParser.Parse(picture));

    /// <summary>The compiled form of a picture.</summary>
    /// <exception cref="JsonataException">D3131, D3132 or D3135: the picture is malformed.</exception>
    public static DatePicture Of(string picture) => Cache[picture];
}

/// <summary>One part of a date/time picture: a text as it is, or a component.</summary>
internal sealed record DatePart
{
    /// <summary>A text that stands as it is; null for a component.</summary>
    public string? Literal { get; init; }

    /// <summary>The component's letter: Y year, M month, D day, d day of the year, F weekday, H hour, h of twelve, P am or pm …</summary>
    public char Component { get; init; }

    /// <summary>How an integer or an offset is written; null where a name is.</summary>
    public IntegerPicture? Integer { get; init; }

    /// <summary>The case of a name; null where an integer is written.</summary>
    public LetterCase? Name { get; init; }

    /// <summary>The most characters of a name, or null.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>For a year: how many of its last digits are written, or null for all.</summary>
    public int? LastDigits { get; init; }

    /// <summary>For an offset: whether UTC is written as Z.</summary>
    public bool IsTraditional { get; init; }

    /// <summary>
    /// How many digits are read; null for as many as there are. Set where another number follows at once, so that they can be told apart.
    /// </summary>
    public int? FixedDigits { get; init; }
}
