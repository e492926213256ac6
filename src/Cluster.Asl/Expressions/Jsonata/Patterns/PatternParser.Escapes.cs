using System.Globalization;
using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>Escapes, classes and the names of groups.</summary>
internal sealed partial class PatternParser
{
    private const int MaxOctal = 255;
    private const int ControlMask = 31;

    private PatternNode ReadEscape(out bool canRepeat)
    {
        canRepeat = true;
        if (IsAtEnd)
        {
            Fail(PatternFault.LoneBackslash);
            return new PatternNode.Sequence([]);
        }

        var here = _text[_at];
        if (here is 'b' or 'B')
        {
            _at++;
            canRepeat = false;
            return new PatternNode.Anchor(here == 'b' ? AnchorKind.WordEdge : AnchorKind.NoWordEdge);
        }

        if (here is >= '1' and <= '9' && TryReadReference() is { } number)
            return new PatternNode.Again(number);
        if (here == 'k' && _names.Count > 0)
        {
            _at++;
            if (Takes('<') && ReadWord() is { } name && _names.TryGetValue(name, out var named))
                return new PatternNode.Again(named);
            Fail(PatternFault.UnknownName);
            return new PatternNode.Sequence([]);
        }

        return new PatternNode.One(Folded(ReadSetOrCharacter(isInClass: false)));
    }

    /// <summary>A decimal number names a capture when there are so many; otherwise it is an octal number or a digit.</summary>
    private int? TryReadReference()
    {
        var at = _at;
        if (!TryReadCount(ref at, out var number) || number > _groupCount)
            return null;
        _at = at;
        return number;
    }

    /// <summary>Reads what stands behind a backslash: one of the named sets, or a character.</summary>
    private CharSet ReadSetOrCharacter(bool isInClass)
    {
        switch (_text[_at])
        {
            case 'd':
                _at++;
                return CharSet.Digits;
            case 'D':
                _at++;
                return CharSet.Digits.Complement();
            case 'w':
                _at++;
                return CharSet.Words;
            case 'W':
                _at++;
                return CharSet.Words.Complement();
            case 's':
                _at++;
                return CharSet.Blanks;
            case 'S':
                _at++;
                return CharSet.Blanks.Complement();
            default:
                return CharSet.Of(ReadCharacter(isInClass));
        }
    }

    private char ReadCharacter(bool isInClass)
    {
        var here = _text[_at++];
        switch (here)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'b' when isInClass:
                return '\b';
            case 'x' when TryReadHex(2) is { } unit:
                return unit;
            case 'u' when TryReadHex(4) is { } unit:
                return unit;
            case >= '0' and <= '7':
                return ReadOctal(here - '0');
            case 'c' when !IsAtEnd && (char.IsAsciiLetter(_text[_at]) || (isInClass && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '_'))):
                return (char)(_text[_at++] & ControlMask);
            case 'c':
                // Not a control letter: the backslash is itself, and the letter comes next.
                _at--;
                return '\\';
            default:
                return here;
        }
    }

    private char ReadOctal(int value)
    {
        const int MaxDigits = 3;
        for (var digits = 1; digits < MaxDigits && !IsAtEnd && _text[_at] is >= '0' and <= '7'; digits++)
        {
            var longer = (value * 8) + (_text[_at] - '0');
            if (longer > MaxOctal)
                break;
            value = longer;
            _at++;
        }

        return (char)value;
    }

    private char? TryReadHex(int digits)
    {
        if (_at + digits > _text.Length || !ushort.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            return null;
        _at += digits;
        return (char)unit;
    }

    private CharSet ReadClass()
    {
        var isNegated = Takes('^');
        var ranges = new List<CharRange>();
        while (!IsAtEnd && _text[_at] != ']')
        {
            var first = ReadClassMember();
            if (_at + 1 >= _text.Length || _text[_at] != '-' || _text[_at + 1] == ']' || IsAtEnd)
            {
                ranges.AddRange(first.Ranges);
                continue;
            }

            _at++;
            var last = ReadClassMember();
            if (first.Single is not { } low || last.Single is not { } high)
                ranges.AddRange([.. first.Ranges, new CharRange('-', '-'), .. last.Ranges]);
            else if (low > high)
                Fail(PatternFault.RangeOutOfOrder);
            else
                ranges.Add(new CharRange(low, high));
        }

        if (!Takes(']'))
            Fail(PatternFault.UnendedClass);
        var set = Folded(CharSet.Of(ranges));
        return isNegated ? set.Complement() : set;
    }

    private CharSet ReadClassMember()
    {
        var here = _text[_at++];
        if (here != '\\')
            return CharSet.Of(here);
        if (!IsAtEnd)
            return ReadSetOrCharacter(isInClass: true);
        Fail(PatternFault.LoneBackslash);
        return CharSet.Empty;
    }

    private void ReadName()
    {
        if (ReadWord() is null)
            Fail(PatternFault.BadName);
    }

    /// <summary>Reads a name up to its closing bracket; null where it is none.</summary>
    private string? ReadWord()
    {
        var word = new StringBuilder();
        while (!IsAtEnd && _text[_at] != '>')
        {
            var here = _text[_at++];
            if (here == '\\')
            {
                if (!Takes('u') || TryReadHex(4) is not { } unit)
                    return null;
                here = unit;
            }

            var isFirst = word.Length == 0;
            if (!(char.IsLetter(here) || here is '$' or '_' || char.IsSurrogate(here) || (!isFirst && (char.IsLetterOrDigit(here) || IsJoined(here)))))
                return null;
            word.Append(here);
        }

        return Takes('>') && word.Length > 0 ? word.ToString() : null;
    }

    private static bool IsJoined(char unit) => unit is '\u200c' or '\u200d' || char.GetUnicodeCategory(unit)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    /// <summary>Counts the captures and learns their names beforehand: a reference may stand before its group.</summary>
    private int ScanGroups()
    {
        var groups = 0;
        var isInClass = false;
        for (var at = 0; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '(' when !isInClass && string.CompareOrdinal(_text, at, "(?", 0, 2) != 0:
                    groups++;
                    break;
                case '(' when !isInClass && IsNamed(at):
                    groups++;
                    _at = at + 3;
                    if (ReadWord() is { } name && !_names.TryAdd(name, groups))
                        Fail(PatternFault.BadName);
                    break;
            }
        }

        _at = 0;
        return groups;
    }

    private bool IsNamed(int at) =>
        string.CompareOrdinal(_text, at, "(?<", 0, 3) == 0 && at + 3 < _text.Length && _text[at + 3] is not ('=' or '!');
}
