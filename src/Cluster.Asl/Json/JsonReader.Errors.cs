using System.Globalization;
using System.Text;

namespace Cluster.Asl.Json;

/// <content>What is wrong, in Jackson's words, since AWS shows them.</content>
internal ref partial struct JsonReader
{
    /// <summary>The number of characters shown of a token that is no literal.</summary>
    private const int MaxShownToken = 256;

    private const string ValidTokens = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <summary>Ends the reading.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="read">The number of bytes read when it was found; the error's place is behind them.</param>
    private JsonValue? Fail(string message, int read)
    {
        var (line, column) = JsonSourceLocation.After(_text[..read]);
        Error ??= new JsonParseError(message, line, column);
        return null;
    }

    private void FailUnexpected(string expectation)
    {
        var odd = CharacterAt(_at, out var length);
        Fail($"Unexpected character ({Describe(odd)}): {expectation}", _at + length);
    }

    /// <summary>The text ends inside an array or object: behind a comma, or where its end marker could stand.</summary>
    private void FailUnclosed(string container, int start, bool hasElements)
    {
        if (hasElements)
            Fail($"Unexpected end-of-input within/between {container} entries", _at);
        else
            Fail($"Unexpected end-of-input: expected close marker for {container} (start marker at {DescribePlace(start)})", _at);
    }

    private void FailMismatchedEnd(char actual, char expected, string container, int start) =>
        Fail(
            $"Unexpected close marker '{actual}': expected '{expected}' (for {container} starting at {DescribePlace(start)})",
            _at + 1);

    private JsonValue? FailOddValue()
    {
        if (_text[_at..].StartsWith("NaN"u8))
            FailNonStandard("NaN", _at + "NaN".Length);
        else if (_text[_at..].StartsWith("Infinity"u8))
            FailNonStandard("Infinity", _at + "Infinity".Length);
        else if (IsIdentifierStart(CharacterAt(_at, out _)))
            FailToken(_at);
        else if (_text[_at] == '}')
            FailUnexpected("expected a value");
        else
            FailUnexpected($"expected a valid value {ValidTokens}");
        return null;
    }

    /// <summary>Behind the document: a well-formed token is reported as trailing, another as what it is.</summary>
    private JsonValue? FailTrailing()
    {
        if (_text[_at] is (byte)']' or (byte)'}')
        {
            var (actual, expected) = _text[_at] == ']' ? (']', '}') : ('}', ']');
            FailMismatchedEnd(actual, expected, "root", 0);
            return null;
        }

        var token = _text[_at] switch
        {
            (byte)'{' => "START_OBJECT",
            (byte)'[' => "START_ARRAY",
            (byte)'"' => "VALUE_STRING",
            _ => ReadValue() switch
            {
                JsonNumber { IsInteger: true } => "VALUE_NUMBER_INT",
                JsonNumber => "VALUE_NUMBER_FLOAT",
                JsonBoolean { Value: true } => "VALUE_TRUE",
                JsonBoolean => "VALUE_FALSE",
                _ => "VALUE_NULL",
            },
        };
        Fail(
            $"Trailing token (of type {token}) found after value (bound as `com.fasterxml.jackson.databind.JsonNode`): " +
            "not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`",
            Math.Min(_at + 1, _text.Length));
        return null;
    }

    private JsonValue? FailInvalidUtf8()
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(_text[valid..], out _, out var length) == System.Buffers.OperationStatus.Done)
            valid += length;
        var (line, column) = JsonSourceLocation.After(_text[..valid]);
        Error = new JsonParseError(string.Create(CultureInfo.InvariantCulture, $"Invalid UTF-8 start byte 0x{_text[valid]:x}"), line, column);
        return null;
    }

    /// <summary>The first UTF-16 unit of the character at a place, and the bytes that the character takes.</summary>
    private readonly char CharacterAt(int at, out int length)
    {
        Rune.DecodeFromUtf8(_text[at..], out var rune, out length);
        Span<char> units = stackalloc char[2];
        rune.EncodeToUtf16(units);
        return units[0];
    }

    private readonly string DescribePlace(int at)
    {
        var (line, column) = JsonSourceLocation.After(_text[..at]);
        return JsonSourceLocation.Describe(Encoding.UTF8.GetString(_text), line, column);
    }

    private static string Describe(char c) => c switch
    {
        < ' ' or '\u007f' => string.Create(CultureInfo.InvariantCulture, $"(CTRL-CHAR, code {(int)c})"),
        > 'ÿ' => string.Create(CultureInfo.InvariantCulture, $"'{c}' (code {(int)c} / 0x{(int)c:x})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"'{c}' (code {(int)c})"),
    };
}
