using System.Collections.Immutable;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// Reads a regular expression by the grammar of JavaScript without the flags u and v, with all that browsers accept beyond the plain grammar: a
/// lone bracket or brace, escapes of any character, octal numbers.
/// </summary>
internal sealed partial class PatternParser
{
    private readonly string _text;
    private readonly bool _ignoresCase;
    private readonly bool _hasLines;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly int _groupCount;
    private int _at;
    private int _depth;
    private int _captures;
    private PatternFault _fault;

    private PatternParser(string text, bool ignoresCase, bool hasLines)
    {
        (_text, _ignoresCase, _hasLines) = (text, ignoresCase, hasLines);
        _groupCount = ScanGroups();
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">What stands between the slashes.</param>
    /// <param name="ignoresCase">The flag <c>i</c>.</param>
    /// <param name="hasLines">The flag <c>m</c>: the anchors hold at each line.</param>
    public static ParsedPattern Parse(string text, bool ignoresCase, bool hasLines)
    {
        if (text.Length > PatternLimits.MaxLength)
            return new ParsedPattern(null, 0, PatternFault.TooLong);
        var parser = new PatternParser(text, ignoresCase, hasLines);
        var root = parser.ReadChoice();
        if (parser._at < text.Length)
            parser.Fail(PatternFault.UnbalancedGroup);
        return parser._fault == PatternFault.None
            ? new ParsedPattern(root, parser._groupCount, PatternFault.None)
            : new ParsedPattern(null, 0, parser._fault);
    }

    private bool IsAtEnd => _fault != PatternFault.None || _at >= _text.Length;

    private bool Fail(PatternFault fault)
    {
        if (_fault == PatternFault.None)
            _fault = fault;
        return false;
    }

    private bool Takes(char wanted)
    {
        if (IsAtEnd || _text[_at] != wanted)
            return false;
        _at++;
        return true;
    }

    private bool Takes(string wanted)
    {
        if (IsAtEnd || string.CompareOrdinal(_text, _at, wanted, 0, wanted.Length) != 0)
            return false;
        _at += wanted.Length;
        return true;
    }

    private PatternNode ReadChoice()
    {
        var options = ImmutableArray.CreateBuilder<PatternNode>();
        do
        {
            options.Add(ReadSequence());
        }
        while (Takes('|'));
        return options.Count == 1 ? options[0] : new PatternNode.Choice(options.ToImmutable());
    }

    private PatternNode ReadSequence()
    {
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        while (!IsAtEnd && _text[_at] is not ('|' or ')'))
        {
            var part = ReadAtom(out var canRepeat);
            parts.Add(ReadQuantifier(part, canRepeat));
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts.ToImmutable());
    }

    private PatternNode ReadAtom(out bool canRepeat)
    {
        canRepeat = true;
        var here = _text[_at++];
        switch (here)
        {
            case '^':
                canRepeat = false;
                return new PatternNode.Anchor(_hasLines ? AnchorKind.LineStart : AnchorKind.TextStart);
            case '$':
                canRepeat = false;
                return new PatternNode.Anchor(_hasLines ? AnchorKind.LineEnd : AnchorKind.TextEnd);
            case '(':
                return ReadGroup(out canRepeat);
            case '.':
                return new PatternNode.One(CharSet.LineEnds.Complement());
            case '[':
                return new PatternNode.One(ReadClass());
            case '\\':
                return ReadEscape(out canRepeat);
            case '*' or '+' or '?':
                Fail(PatternFault.NothingToRepeat);
                return new PatternNode.Sequence([]);
            case '{' when TryReadCounts(_at, out _, out _, out _):
                Fail(PatternFault.NothingToRepeat);
                return new PatternNode.Sequence([]);
            default:
                return Literal(here);
        }
    }

    private PatternNode.One Literal(char only) => new(Folded(CharSet.Of(only)));

    private CharSet Folded(CharSet set) => _ignoresCase ? CaseFolding.Close(set) : set;

    private PatternNode ReadGroup(out bool canRepeat)
    {
        canRepeat = true;
        if (++_depth > PatternLimits.MaxDepth)
            Fail(PatternFault.TooDeep);
        var number = 0;
        (bool IsBehind, bool IsNegative)? look = null;
        if (Takes("?:"))
        {
            // Only brackets.
        }
        else if (Takes("?="))
        {
            look = (false, false);
        }
        else if (Takes("?!"))
        {
            look = (false, true);
        }
        else if (Takes("?<="))
        {
            look = (true, false);
        }
        else if (Takes("?<!"))
        {
            look = (true, true);
        }
        else if (Takes("?<"))
        {
            number = ++_captures;
            ReadName();
        }
        else if (!IsAtEnd && _text[_at] == '?')
        {
            Fail(PatternFault.UnknownGroup);
        }
        else
        {
            number = ++_captures;
        }

        var body = ReadChoice();
        if (!Takes(')'))
            Fail(PatternFault.UnbalancedGroup);
        _depth--;
        if (look is not { } kind)
            return number == 0 ? body : new PatternNode.Capture(number, body);
        canRepeat = !kind.IsBehind;
        return new PatternNode.Look(body, kind.IsBehind, kind.IsNegative);
    }

    private PatternNode ReadQuantifier(PatternNode part, bool canRepeat)
    {
        if (IsAtEnd)
            return part;
        int least;
        var most = int.MaxValue;
        var after = _at + 1;
        switch (_text[_at])
        {
            case '*':
                least = 0;
                break;
            case '+':
                least = 1;
                break;
            case '?':
                (least, most) = (0, 1);
                break;
            case '{' when TryReadCounts(_at + 1, out least, out most, out after):
                break;
            default:
                return part;
        }

        if (!canRepeat)
            Fail(PatternFault.NothingToRepeat);
        if (least > most)
            Fail(PatternFault.CountsOutOfOrder);
        _at = after;
        return new PatternNode.Repeat(part, least, most, Takes('?'));
    }

    /// <summary>Reads the counts of a quantifier behind its brace; without an end, or with anything else inside, the brace is itself.</summary>
    private bool TryReadCounts(int at, out int least, out int most, out int after)
    {
        (most, after) = (int.MaxValue, at);
        if (!TryReadCount(ref at, out least))
            return false;
        if (at < _text.Length && _text[at] == ',')
        {
            at++;
            if (!TryReadCount(ref at, out most))
                most = int.MaxValue;
        }
        else
        {
            most = least;
        }

        after = at + 1;
        return at < _text.Length && _text[at] == '}';
    }

    private bool TryReadCount(ref int at, out int count)
    {
        var start = at;
        long value = 0;
        for (; at < _text.Length && char.IsAsciiDigit(_text[at]); at++)
            value = Math.Min((value * 10) + (_text[at] - '0'), int.MaxValue);
        count = (int)value;
        return at > start;
    }
}

/// <summary>What reading a pattern gave.</summary>
/// <param name="Root">The pattern; null where it cannot be read.</param>
/// <param name="Captures">How many captures it has.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal readonly record struct ParsedPattern(PatternNode? Root, int Captures, PatternFault Fault);
