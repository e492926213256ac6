using System.Collections.Immutable;

namespace Cluster.Asl.Expressions;

/// <content>Filters.</content>
internal ref partial struct PathParser
{
    /// <summary>The symbolic operators in the order in which they are tried; a longer one stands before its own beginning.</summary>
    private static readonly ImmutableArray<(string Text, FilterComparison Comparison)> Comparisons =
    [
        ("===", FilterComparison.SameAs), ("!==", FilterComparison.NotSameAs),
        ("==", FilterComparison.Equal), ("!=", FilterComparison.NotEqual),
        ("<=", FilterComparison.LessOrEqual), ("<", FilterComparison.Less),
        (">=", FilterComparison.GreaterOrEqual), (">", FilterComparison.Greater),
    ];

    /// <summary>Reads <c>?(…)]</c>.</summary>
    private FilterStep? ReadFilter()
    {
        _at++;
        SkipBlanks();
        if (Peek() != '(' || ReadOperandOrGroup() is not { } predicate)
            return null;
        SkipBlanks();
        return Take(']') ? new FilterStep(predicate) : null;
    }

    private FilterPredicate? ReadOr()
    {
        if (ReadAnd() is not { } first)
            return null;
        var operands = ImmutableArray.CreateBuilder<FilterPredicate>();
        operands.Add(first);
        while (TakeText("||"))
        {
            if (ReadAnd() is not { } next)
                return null;
            operands.Add(next);
        }

        return operands.Count == 1 ? first : new OrPredicate(operands.ToImmutable());
    }

    private FilterPredicate? ReadAnd()
    {
        if (ReadOperandOrGroup() is not { } first)
            return null;
        var operands = ImmutableArray.CreateBuilder<FilterPredicate>();
        operands.Add(first);
        while (TakeText("&&"))
        {
            if (ReadOperandOrGroup() is not { } next)
                return null;
            operands.Add(next);
        }

        return operands.Count == 1 ? first : new AndPredicate(operands.ToImmutable());
    }

    private FilterPredicate? ReadOperandOrGroup()
    {
        if (_filterDepth == MaxFilterDepth)
            return null;
        _filterDepth++;
        var predicate = ReadGroup();
        _filterDepth--;
        return predicate;
    }

    private FilterPredicate? ReadGroup()
    {
        SkipBlanks();
        if (Take('!'))
            return ReadOperandOrGroup() is { } negated ? new NotPredicate(negated) : null;
        if (!Take('('))
            return ReadComparison();
        var group = ReadOr();
        SkipBlanks();
        return group is not null && Take(')') ? group : null;
    }

    private FilterPredicate? ReadComparison()
    {
        SkipBlanks();
        if (Peek() == '/')
            return ReadPattern() is { } first && TakeText("=~") && ReadOperand(isRight: true) is { } text ? new MatchPredicate(text, first) : null;
        if (ReadOperand(isRight: false) is not { } left)
            return null;
        if (TakeText("=~"))
            return ReadPattern() is { } pattern ? new MatchPredicate(left, pattern) : null;
        foreach (var (text, comparison) in Comparisons)
        {
            if (TakeText(text))
                return ReadOperand(isRight: true) is { } right ? new ComparisonPredicate(left, comparison, right) : null;
        }

        if (TryReadWord(out var word))
            return ReadOperand(isRight: true) is { } right ? new LexicalPredicate(left, word, right) : null;
        return left is PathOperand path ? new ExistsPredicate(path) : null;
    }

    /// <summary>Reads an operator that is a word, and the blanks before it.</summary>
    private bool TryReadWord(out LexicalOperator word)
    {
        SkipBlanks();
        var end = _at;
        while (end < _text.Length && char.IsAsciiLetterOrDigit(_text[end]))
            end++;
        var written = _text[_at..end];
        if (written.IsEmpty || !char.IsAsciiLetter(written[0]) || !Enum.TryParse(written, ignoreCase: true, out word))
        {
            word = default;
            return false;
        }

        _at = end;
        return true;
    }

    private FilterOperand? ReadOperand(bool isRight)
    {
        SkipBlanks();
        if (Peek() is not ('@' or '$'))
            return ReadLiteral(isRight);
        var start = _at;
        var fromRoot = _text[_at++] == '$';
        return ReadSteps() is { } steps
            ? new PathOperand(new JsonPath(_text[start.._at].ToString(), isContext: false, steps), fromRoot)
            : null;
    }

    /// <summary>Reads <c>/pattern/flags</c>.</summary>
    private FilterPattern? ReadPattern()
    {
        SkipBlanks();
        if (!Take('/'))
            return null;
        var pattern = new System.Text.StringBuilder();
        while (_at < _text.Length && _text[_at] != '/')
        {
            var c = _text[_at++];
            if (c == '\\' && Peek() != '/')
                pattern.Append(c);
            if (c == '\\' && _at < _text.Length)
                c = _text[_at++];
            pattern.Append(c);
        }

        if (!Take('/'))
            return null;
        var flags = _at;
        while (Peek() is 'd' or 'i' or 'm' or 's' or 'u' or 'x' or 'U')
            _at++;
        return FilterPattern.Parse(pattern.ToString(), _text[flags.._at].ToString());
    }

    /// <summary>Takes a text and the blanks before it.</summary>
    private bool TakeText(string text)
    {
        SkipBlanks();
        if (!_text[_at..].StartsWith(text, StringComparison.Ordinal))
            return false;
        _at += text.Length;
        return true;
    }
}
