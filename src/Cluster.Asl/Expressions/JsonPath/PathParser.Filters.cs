using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <content>Filters.</content>
internal ref partial struct PathParser
{
    /// <summary>The operators in the order in which they are tried; a longer one stands before its own beginning.</summary>
    private static readonly ImmutableArray<(string Text, FilterOperator Operator)> Operators =
    [
        ("==", FilterOperator.Equal), ("!=", FilterOperator.NotEqual),
        ("<=", FilterOperator.LessOrEqual), ("<", FilterOperator.Less),
        (">=", FilterOperator.GreaterOrEqual), (">", FilterOperator.Greater),
        ("in", FilterOperator.In), ("nin", FilterOperator.NotIn),
        ("size", FilterOperator.Size), ("empty", FilterOperator.Empty),
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
        var left = ReadAnd();
        while (left is not null && TakeText("||"))
            left = ReadAnd() is { } right ? new OrPredicate(left, right) : null;
        return left;
    }

    private FilterPredicate? ReadAnd()
    {
        var left = ReadOperandOrGroup();
        while (left is not null && TakeText("&&"))
            left = ReadOperandOrGroup() is { } right ? new AndPredicate(left, right) : null;
        return left;
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
        if (ReadOperand() is not { } left)
            return null;
        if (TakeText("=~"))
            return ReadPattern() is { } pattern ? new MatchPredicate(left, pattern) : null;
        foreach (var (text, op) in Operators)
        {
            if (TakeText(text))
                return ReadOperand() is { } right ? new ComparisonPredicate(left, op, right) : null;
        }

        return new ExistsPredicate(left);
    }

    private FilterOperand? ReadOperand()
    {
        SkipBlanks();
        if (Peek() is not ('@' or '$'))
            return ReadLiteral() is { } literal ? new LiteralOperand(literal) : null;
        var start = _at;
        var fromRoot = _text[_at++] == '$';
        return ReadSteps() is { } steps
            ? new PathOperand(new JsonPath(_text[start.._at].ToString(), isContext: false, steps), fromRoot)
            : null;
    }

    private JsonValue? ReadLiteral()
    {
        if (Peek() is '\'' or '"')
            return ReadQuoted() is { } text ? new JsonString(text) : null;
        if (Take('['))
            return ReadList();
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '-' or '+' or '.')
            _at++;
        var utf8 = System.Text.Encoding.UTF8.GetBytes(_text[start.._at].ToString());
        return JsonParser.TryParse(utf8, JsonParserOptions.Payload, out var value, out _) ? value : null;
    }

    private JsonArray? ReadList()
    {
        var items = ImmutableArray.CreateBuilder<JsonValue>();
        SkipBlanks();
        if (Take(']'))
            return JsonArray.Empty;
        if (_filterDepth == MaxFilterDepth)
            return null;
        _filterDepth++;
        do
        {
            SkipBlanks();
            if (ReadLiteral() is not { } item)
                return null;
            items.Add(item);
            SkipBlanks();
        }
        while (Take(','));
        _filterDepth--;
        return Take(']') ? new JsonArray(items.ToImmutable()) : null;
    }

    /// <summary>Reads <c>/pattern/flags</c>.</summary>
    private FilterPattern? ReadPattern()
    {
        SkipBlanks();
        if (!Take('/'))
            return null;
        var pattern = new System.Text.StringBuilder();
        while (Peek() is not ('/' or '\0'))
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
        return FilterPattern.Compile(pattern.ToString(), _text[flags.._at].ToString());
    }

    /// <summary>Takes an operator and the blanks before it; one made of letters must not go on as a word.</summary>
    private bool TakeText(string text)
    {
        SkipBlanks();
        var rest = _text[_at..];
        if (!rest.StartsWith(text, StringComparison.Ordinal)
            || (char.IsAsciiLetter(text[0]) && rest.Length > text.Length && char.IsAsciiLetterOrDigit(rest[text.Length])))
            return false;
        _at += text.Length;
        return true;
    }
}
