using System.Collections.Immutable;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>
/// Reads a call: a name, and in parentheses literals, paths and calls with commas between them. White space may stand around arguments
/// and nowhere else. Null stands for a text that is no call.
/// </summary>
internal ref struct IntrinsicParser
{
    /// <summary>How deep calls may nest, the outermost included (A109).</summary>
    public const int MaxDepth = 10;

    private const string Blanks = " \t\r\n";

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;

    private IntrinsicParser(string text) => _text = text;

    /// <summary>The first variable that was met.</summary>
    private string? Variable { get; set; }

    /// <summary>Parses a whole text.</summary>
    public static IntrinsicCall? Parse(string text, out string? variable)
    {
        variable = null;
        if (!text.StartsWith(IntrinsicFunctions.Prefix, StringComparison.Ordinal))
            return null;
        var parser = new IntrinsicParser(text);
        var root = parser.ReadCall(out var function);
        if (root is null || parser._at < text.Length)
            return null;
        variable = parser.Variable;
        return variable is null ? new IntrinsicCall(text, function!, root) : null;
    }

    private IntrinsicNode? ReadCall(out IntrinsicFunction? function)
    {
        function = ReadName();
        if (function is null || !Take('(') || _depth >= MaxDepth)
            return null;
        _depth++;
        var arguments = ReadArguments();
        _depth--;
        return arguments is { } read ? function.Bind(read) : null;
    }

    private IntrinsicFunction? ReadName()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '.'))
            _at++;
        return IntrinsicFunctions.Find(_text[start.._at]);
    }

    private ImmutableArray<IntrinsicNode>? ReadArguments()
    {
        SkipBlanks();
        if (Take(')'))
            return [];
        var arguments = ImmutableArray.CreateBuilder<IntrinsicNode>();
        do
        {
            SkipBlanks();
            if (ReadArgument() is not { } argument)
                return null;
            arguments.Add(argument);
            SkipBlanks();
        }
        while (Take(','));
        return Take(')') ? arguments.ToImmutable() : null;
    }

    private IntrinsicNode? ReadArgument() => Peek() switch
    {
        '\'' => ReadText(),
        '$' => ReadPath(),
        '-' or (>= '0' and <= '9') => ReadNumber(),
        'S' => ReadCall(out _),
        _ => ReadWord(),
    };

    /// <summary>Reads a literal text whose opening quote is next. Only quotes, braces and backslashes can be escaped (A109).</summary>
    private LiteralNode? ReadText()
    {
        var start = ++_at;
        StringBuilder? unescaped = null;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '\'')
            {
                var source = _text[start.._at++].ToString();
                return new LiteralNode(new JsonString(unescaped?.ToString() ?? source), source);
            }

            if (c == '\\')
            {
                unescaped ??= new StringBuilder().Append(_text[start.._at]);
                _at++;
                if (Peek() is not ('\'' or '{' or '}' or '\\'))
                    return null;
            }

            unescaped?.Append(_text[_at]);
        }

        return null;
    }

    private IntrinsicNode? ReadPath()
    {
        var start = _at;
        if (!SkipPath())
            return null;
        var text = _text[start.._at].TrimEnd(Blanks).ToString();
        if (text is ['$', var first, ..] && (char.IsLetter(first) || first == '_'))
        {
            Variable ??= text;
            return new LiteralNode(JsonValue.Null);
        }

        return JsonPath.TryParse(text, out var path) ? new PathArgument(path) : null;
    }

    /// <summary>
    /// Goes to the comma or parenthesis behind a path; those in brackets belong to it. False for a name behind a dot that has more than
    /// letters, digits and underscores: AWS wants it in brackets and quotes, though not in a path that stands alone.
    /// </summary>
    private bool SkipPath()
    {
        var open = 0;
        var quote = '\0';
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (quote != '\0')
            {
                if (c == '\\')
                    _at++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (c == '[')
            {
                open++;
            }
            else if (open > 0)
            {
                open -= c == ']' ? 1 : 0;
                quote = c is '\'' or '"' ? c : quote;
            }
            else if (c is ',' or ')')
            {
                return true;
            }
            else if (!IsShort(c))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsShort(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '*' or > '\u007f' || Blanks.Contains(c, StringComparison.Ordinal);

    private LiteralNode? ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '-' or '+' or '.' or 'e' or 'E'))
            _at++;
        return Json(_text[start.._at]);
    }

    private LiteralNode? ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterLower(_text[_at]))
            _at++;
        return Json(_text[start.._at]);
    }

    /// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c> by the grammar of JSON.</summary>
    private static LiteralNode? Json(ReadOnlySpan<char> text) =>
        JsonParser.TryParse(Encoding.UTF8.GetBytes(text.ToString()), JsonParserOptions.Payload, out var value, out _)
            ? new LiteralNode(value)
            : null;

    /// <summary>The next character, or 0 at the end.</summary>
    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && Blanks.Contains(_text[_at], StringComparison.Ordinal))
            _at++;
    }
}
