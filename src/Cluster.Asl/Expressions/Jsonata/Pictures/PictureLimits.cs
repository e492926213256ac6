namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>How large pictures and what they give may be. Whatever exceeds one of these is refused as too much memory.</summary>
internal static class PictureLimits
{
    /// <summary>The longest picture in UTF-16 units.</summary>
    public const int MaxPictureLength = 4096;

    /// <summary>The largest width that a picture can ask for, in digits.</summary>
    public const int MaxWidth = 4096;

    /// <summary>The longest text that is read by a date/time picture or an integer picture, in UTF-16 units.</summary>
    public const int MaxReadLength = 4096;

    /// <summary>The largest number that is written in Roman numerals: a thousand is one letter, so the text grows with it.</summary>
    public const double MaxRoman = 4_000_000;

    /// <summary>How many positions are tried to read one text by one picture.</summary>
    public const int MaxReadSteps = 50_000;

    /// <summary>How many such positions count as one step of the evaluation.</summary>
    public const int TriesPerStep = 16;

    /// <summary>How many characters of a text that a picture writes or reads count as one step.</summary>
    public const int CharactersPerStep = 8;

    /// <summary>Refuses what is larger than it may be.</summary>
    /// <exception cref="JsonataException">The size is above the limit.</exception>
    public static void Hold(double size, double limit)
    {
        if (size > limit)
            throw Exceeded();
    }

    /// <summary>The error for whatever is too large.</summary>
    public static JsonataException Exceeded() => JsonataErrors.Limit(JsonataLimits.MemorySentence);
}
