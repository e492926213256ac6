using System.Globalization;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <content>Strings and regular expressions.</content>
internal sealed partial class Lexer
{
    private const int HexDigits = 4;

    private Token ReadString(char quote)
    {
        _at++;
        var start = _at;
        var end = source.AsSpan(start).IndexOfAny(quote, '\\');
        if (end >= 0 && source[start + end] == quote)
        {
            _at = start + end + 1;
            return Text(source.Substring(start, end));
        }

        var text = new StringBuilder();
        while (_at < source.Length)
        {
            var c = source[_at];
            if (c == quote)
            {
                _at++;
                return Text(text.ToString());
            }

            if (c == '\\')
            {
                _at++;
                text.Append(Unescape());
            }
            else
            {
                text.Append(c);
            }

            _at++;
        }

        throw JsonataErrors.Of("S0101", source.Length);
    }

    private Token Text(string value) => new(TokenKind.String, value, _at, new JsonString(value));

    /// <summary>The character behind a backslash; leaves off at the escape's last character.</summary>
    private char Unescape()
    {
        if (_at >= source.Length)
            throw JsonataErrors.Of("S0103", _at, token: "");
        switch (source[_at])
        {
            case '"' or '\'' or '\\' or '/' or '`':
                return source[_at];
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                var digits = source.AsSpan(_at + 1, Math.Min(HexDigits, source.Length - _at - 1));
                if (digits.Length < HexDigits || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
                    throw JsonataErrors.Of("S0104", _at);
                _at += HexDigits;
                return (char)unit;
            default:
                throw JsonataErrors.Of("S0103", _at, source[_at].ToString());
        }
    }

    private Token ReadRegex()
    {
        _at++;
        var start = _at;
        var nesting = 0;
        for (; _at < source.Length; _at++)
        {
            var c = source[_at];
            var escaped = IsEscaped(start);
            if (c == '/' && !escaped && nesting == 0)
                return FinishRegex(source[start.._at]);
            if (escaped)
                continue;
            if (c is '(' or '[' or '{')
                nesting++;
            if (c is ')' or ']' or '}')
                nesting--;
        }

        throw JsonataErrors.Of("S0302", source.Length);
    }

    private bool IsEscaped(int start)
    {
        var backslashes = 0;
        while (_at - backslashes - 1 >= start && source[_at - backslashes - 1] == '\\')
            backslashes++;
        return backslashes % 2 == 1;
    }

    private Token FinishRegex(string pattern)
    {
        if (pattern.Length == 0)
            throw JsonataErrors.Of("S0301", _at);
        _at++;
        var start = _at;
        while (_at < source.Length && source[_at] is 'i' or 'm')
            _at++;
        return new Token(TokenKind.Regex, pattern, _at, Flags: source[start.._at]);
    }
}
