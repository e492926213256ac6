namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Finds which characters of a text belong to which part of a date/time picture. Each part takes as much as it can; where a later part
/// then fails, earlier ones give back. A part is tried only once at each position, and all tries together are limited, so that no picture
/// takes long.
/// </summary>
internal ref struct DatePictureMatch
{
    private const int WordBits = 64;

    private readonly DatePart[] _parts;
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<int> _ends;
    private ulong[]? _failed;
    private int _steps;

    private DatePictureMatch(DatePart[] parts, ReadOnlySpan<char> text, Span<int> ends)
    {
        _parts = parts;
        _text = text;
        _ends = ends;
    }

    /// <summary>Matches the whole text.</summary>
    /// <param name="picture">The picture, all of whose parts can be read.</param>
    /// <param name="text">The text.</param>
    /// <param name="ends">Room for the position behind each part.</param>
    /// <param name="tries">How many positions were tried.</param>
    /// <exception cref="JsonataException">It would take too many tries.</exception>
    public static bool TryMatch(DatePicture picture, ReadOnlySpan<char> text, Span<int> ends, out int tries)
    {
        var match = new DatePictureMatch(picture.Parts, text, ends);
        var isMatch = match.Run();
        tries = match._steps;
        return isMatch;
    }

    private bool Run()
    {
        var part = 0;
        var length = Longest(0);
        while (true)
        {
            var start = Start(part);
            if (length < 0)
            {
                // The part fails here whatever comes before.
                Remember(part, start);
                if (--part < 0)
                    return false;
                length = Shorter(part);
                continue;
            }

            var end = start + length;
            _ends[part] = end;
            if (part == _parts.Length - 1)
            {
                if (end == _text.Length)
                    return true;
                length = Shorter(part);
                continue;
            }

            if (HasFailed(part + 1, end))
            {
                length = Shorter(part);
                continue;
            }

            part++;
            length = Longest(part);
        }
    }

    private readonly int Start(int part) => part == 0 ? 0 : _ends[part - 1];

    private readonly int Place(int part, int position) => (part * (_text.Length + 1)) + position;

    private readonly bool HasFailed(int part, int position)
    {
        var place = Place(part, position);
        return _failed is not null && (_failed[place / WordBits] & (1UL << (place % WordBits))) != 0;
    }

    /// <summary>One bit for each part and position: bounded by the longest picture and text of <see cref="PictureLimits"/>.</summary>
    private void Remember(int part, int position)
    {
        _failed ??= new ulong[(Place(_parts.Length, 0) / WordBits) + 1];
        var place = Place(part, position);
        _failed[place / WordBits] |= 1UL << (place % WordBits);
    }

    private int Longest(int part)
    {
        var length = DatePartLengths.Longest(_parts[part], _text[Start(part)..]);
        Spend(length);
        return length;
    }

    private int Shorter(int part)
    {
        var length = DatePartLengths.Shorter(_parts[part], _text[Start(part).._ends[part]]);
        Spend(1);
        return length;
    }

    private void Spend(int length)
    {
        _steps += Math.Max(length, 1);
        if (_steps > PictureLimits.MaxReadSteps)
            throw JsonataErrors.Limit(JsonataLimits.StepsSentence);
    }
}
