using System.Collections.Immutable;
using System.Globalization;

namespace Cluster.Asl.Expressions;

/// <summary>Reads a path; null stands for a text that is none.</summary>
internal ref partial struct PathParser(ReadOnlySpan<char> text)
{
    /// <summary>The number of steps of one path that are taken.</summary>
    public const int MaxSteps = 1000;

    /// <summary>How deep filters, groups, negations and lists in one path may nest.</summary>
    private const int MaxFilterDepth = 32;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private int _filterDepth;

    /// <summary>Parses a whole text.</summary>
    public static JsonPath? Parse(string text)
    {
        var isContext = text.StartsWith("$$", StringComparison.Ordinal);
        if (!text.StartsWith('$'))
            return null;
        var parser = new PathParser(text.AsSpan().TrimEnd(' ')) { _at = isContext ? 2 : 1 };
        var steps = parser.ReadSteps();
        return steps is null || parser._at < parser._text.Length ? null : new JsonPath(text, isContext, steps.Value);
    }

    private ImmutableArray<PathStep>? ReadSteps()
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        while (Peek() is '.' or '[' || GoesOnWithoutDot(steps.Count))
        {
            if (steps.Count >= MaxSteps)
                return null;
            if (Take('.') && Take('.'))
                steps.Add(new DescendantsStep());
            if (ReadStep() is not { } step)
                return null;
            steps.Add(step);
        }

        return steps.ToImmutable();
    }

    /// <summary>Behind a bracket a name may stand without a dot, but not in filters, where it may be an operator.</summary>
    private readonly bool GoesOnWithoutDot(int steps) =>
        _filterDepth == 0 && steps > 0 && _at < _text.Length && IsNameCharacter(_text[_at]);

    /// <summary>Reads what stands behind a dot, or a bracket with or without a dot before it.</summary>
    private PathStep? ReadStep()
    {
        if (Take('['))
            return ReadBracket();
        if (Take('*'))
            return new WildcardStep();
        var start = _at;
        while (_at < _text.Length && IsNameCharacter(Peek()))
        {
            if (Peek() == '(' && !SkipArguments())
                return null;
            else
                _at++;
        }

        return _at == start ? null : new FieldStep(_text[start.._at].ToString());
    }

    /// <summary>In a filter a name ends where an operator or the filter's end may begin.</summary>
    private readonly bool IsNameCharacter(char c) =>
        c is not ('.' or '[') && !char.IsWhiteSpace(c) && !char.IsControl(c)
        && (_filterDepth == 0 || c is not (')' or ']' or ',' or '=' or '<' or '>' or '!' or '~' or '&' or '|'));

    /// <summary>Goes to the parenthesis that closes the next one: Jayway's functions are read as names.</summary>
    private bool SkipArguments()
    {
        var open = 0;
        for (; _at < _text.Length; _at++)
        {
            if (Peek() == '(')
                open++;
            else if (Peek() == ')' && --open == 0)
                return true;
        }

        return false;
    }

    private PathStep? ReadBracket()
    {
        SkipBlanks();
        return Peek() switch
        {
            '\'' or '"' => ReadFields(),
            '*' => ReadWildcard(),
            '?' => ReadFilter(),
            '(' => ReadFromEnd(),
            _ => ReadIndexes(),
        };
    }

    private WildcardStep? ReadWildcard()
    {
        _at++;
        SkipBlanks();
        return Take(']') ? new WildcardStep() : null;
    }

    private PathStep? ReadFields()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        do
        {
            SkipBlanks();
            if (Peek() is not ('\'' or '"') || ReadQuoted() is not { } name)
                return null;
            names.Add(name);
            SkipBlanks();
        }
        while (Take(','));
        if (!Take(']'))
            return null;
        return names.Count == 1 ? new FieldStep(names[0]) : new FieldsStep(names.ToImmutable());
    }

    private PathStep? ReadIndexes()
    {
        var end = _text[_at..].IndexOf(']');
        if (end < 0)
            return null;
        var content = _text.Slice(_at, end);
        _at += end + 1;
        if (content.Contains(':'))
            return ReadSlice(content);
        var indexes = ImmutableArray.CreateBuilder<IndexStep>();
        foreach (var part in content.Split(','))
        {
            if (!TryReadIndex(content[part].Trim(' '), out var index))
                return null;
            indexes.Add(new IndexStep(index));
        }

        return indexes.Count == 1 ? indexes[0] : new IndexesStep(indexes.ToImmutable());
    }

    /// <summary>Reads <c>from:to</c> or <c>from:to:step</c>; Jayway takes a step and does nothing with it.</summary>
    private static SliceStep? ReadSlice(ReadOnlySpan<char> content)
    {
        const int MaxParts = 3;
        Span<int?> bounds = [null, null, null];
        var count = 0;
        foreach (var part in content.Split(':'))
        {
            if (count == MaxParts)
                return null;
            var text = content[part].Trim(' ');
            if (!text.IsEmpty)
            {
                if (!TryReadIndex(text, out var bound))
                    return null;
                bounds[count] = bound;
            }

            count++;
        }

        return bounds[0] is null && bounds[1] is null ? null : new SliceStep(bounds[0], bounds[1]);
    }

    /// <summary>Reads <c>(@.length-n)]</c> or <c>(@.size()-n)]</c>.</summary>
    private FromEndStep? ReadFromEnd()
    {
        _at++;
        SkipBlanks();
        if (!Take('@') || !Take('.') || !(TakeText("length") || TakeText("size")))
            return null;
        if (TakeText("(") && !TakeText(")"))
            return null;
        if (!TakeText("-"))
            return null;
        SkipBlanks();
        var start = _at;
        while (char.IsAsciiDigit(Peek()))
            _at++;
        return TryReadIndex(_text[start.._at], out var back) && TakeText(")") && TakeText("]") ? new FromEndStep(back) : null;
    }

    private static bool TryReadIndex(ReadOnlySpan<char> text, out int index)
    {
        index = 0;
        return text.IndexOf('+') < 0 && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index)
            && index != int.MinValue;
    }

    /// <summary>Reads a quoted text whose opening quote is next, with Java's escapes; a backslash takes any other character as it is.</summary>
    private string? ReadQuoted()
    {
        var quote = _text[_at++];
        var quoted = new System.Text.StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == quote)
                return quoted.ToString();
            if (c == '\\' && _at < _text.Length && !TryReadEscape(out c))
                return null;
            quoted.Append(c);
        }

        return null;
    }

    private bool TryReadEscape(out char c)
    {
        const int HexDigits = 4;
        c = _text[_at++];
        if (c == 'u')
        {
            var digits = _text[_at..Math.Min(_at + HexDigits, _text.Length)];
            _at += digits.Length;
            var isCode = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code);
            c = (char)code;
            return isCode && digits.Length == HexDigits;
        }

        c = c switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => c,
        };
        return true;
    }

    /// <summary>The next character, or 0 at the end.</summary>
    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Take(char c)
    {
        if (Peek() != c || _at >= _text.Length)
            return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (Peek() == ' ')
            _at++;
    }
}
