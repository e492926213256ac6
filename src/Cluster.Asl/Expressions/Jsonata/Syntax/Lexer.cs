using System.Collections.Frozen;
using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>Cuts an expression into tokens. What a slash means depends on what stands before it, which the parser knows.</summary>
internal sealed partial class Lexer(string source)
{
    private const string WhiteSpace = " \t\n\r\v";

    /// <summary>The symbols that end a name; those of two characters begin with one of them.</summary>
    private const string Symbols = ".[]{}()@#,;:?+-*/%|=<>^&!~";

    private static readonly FrozenSet<string> Pairs = new[] { "..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??" }.ToFrozenSet(StringComparer.Ordinal);

    private int _at;

    /// <summary>The next token.</summary>
    /// <param name="afterOperand">Whether an operand went before, so that a slash divides; else it begins a regular expression.</param>
    public Token Next(bool afterOperand)
    {
        SkipBlanks();
        if (_at >= source.Length)
            return new Token(TokenKind.End, Token.EndText, source.Length);
        var c = source[_at];
        if (c == '/' && !afterOperand)
            return ReadRegex();
        if (_at + 1 < source.Length && Symbols.Contains(c, StringComparison.Ordinal))
        {
            var pair = source.Substring(_at, 2);
            if (Pairs.Contains(pair))
                return Operator(pair);
        }

        if (Symbols.Contains(c, StringComparison.Ordinal))
            return Operator(c.ToString());
        if (c is '"' or '\'')
            return ReadString(c);
        if (char.IsAsciiDigit(c))
            return ReadNumber();
        return c == '`' ? ReadQuotedName() : ReadName();
    }

    private void SkipBlanks()
    {
        while (_at < source.Length)
        {
            if (WhiteSpace.Contains(source[_at], StringComparison.Ordinal))
            {
                _at++;
            }
            else if (source[_at] == '/' && _at + 1 < source.Length && source[_at + 1] == '*')
            {
                var end = source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                    throw JsonataErrors.Of("S0106", _at);
                _at = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private Token Operator(string symbol)
    {
        _at += symbol.Length;
        return new Token(TokenKind.Operator, symbol, _at);
    }

    private Token ReadNumber()
    {
        var start = _at;
        if (source[_at] == '0')
            _at++;
        else
            SkipDigits();
        if (_at + 1 < source.Length && source[_at] == '.' && char.IsAsciiDigit(source[_at + 1]))
        {
            _at++;
            SkipDigits();
        }

        if (_at < source.Length && source[_at] is 'e' or 'E')
        {
            var digits = _at + 1 < source.Length && source[_at + 1] is '+' or '-' ? _at + 2 : _at + 1;
            if (digits < source.Length && char.IsAsciiDigit(source[digits]))
            {
                _at = digits;
                SkipDigits();
            }
        }

        var text = source[start.._at];
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw JsonataErrors.Of("S0102", start, text);
        return new Token(TokenKind.Number, text, _at, JsonNumber.OfComputed(value));
    }

    private void SkipDigits()
    {
        while (_at < source.Length && char.IsAsciiDigit(source[_at]))
            _at++;
    }

    private Token ReadQuotedName()
    {
        var end = source.IndexOf('`', _at + 1);
        if (end < 0)
            throw JsonataErrors.Of("S0105", source.Length);
        var name = source[(_at + 1)..end];
        _at = end + 1;
        return new Token(TokenKind.Name, name, _at);
    }

    private Token ReadName()
    {
        var start = _at;
        while (_at < source.Length && !Symbols.Contains(source[_at], StringComparison.Ordinal)
            && !WhiteSpace.Contains(source[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        var name = source[start.._at];
        return name switch
        {
            ['$', .. var variable] => new Token(TokenKind.Variable, variable, _at),
            "and" or "or" or "in" => new Token(TokenKind.Operator, name, _at),
            "true" => new Token(TokenKind.Literal, name, _at, JsonBoolean.True),
            "false" => new Token(TokenKind.Literal, name, _at, JsonBoolean.False),
            "null" => new Token(TokenKind.Literal, name, _at, JsonValue.Null),
            _ => new Token(TokenKind.Name, name, _at),
        };
    }
}
