using System.Text;

namespace Cluster.Asl.Json;

/// <content>Numbers, kept as they are written, and the three literals.</content>
internal ref partial struct JsonReader
{
    private JsonNumber? ReadNumber()
    {
        var start = _at;
        if (_text[_at] == '-')
        {
            _at++;
            if (!IsDigitNext())
                return FailMinus();
        }

        if (_text[_at++] == '0' && IsDigitNext())
        {
            Fail("Invalid numeric value: Leading zeroes not allowed", _at);
            return null;
        }

        SkipDigits();
        if (Next() == '.')
        {
            _at++;
            if (!IsDigitNext())
                return FailNumber("Decimal point not followed by a digit");
            SkipDigits();
        }

        if (Next() is (byte)'e' or (byte)'E')
        {
            _at++;
            if (Next() is (byte)'+' or (byte)'-')
                _at++;
            if (!IsDigitNext())
                return FailNumber("Exponent indicator not followed by a digit");
            SkipDigits();
        }

        if (_depth == 0 && _at < _text.Length && Next() is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            FailUnexpected("Expected space separating root-level values");
            return null;
        }

        return JsonNumber.OfWritten(_text[start.._at]);
    }

    /// <summary>The next byte, or 0 at the end.</summary>
    private readonly byte Next() => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly bool IsDigitNext() => Next() is >= (byte)'0' and <= (byte)'9';

    private void SkipDigits()
    {
        while (IsDigitNext())
            _at++;
    }

    private JsonNumber? FailMinus()
    {
        if (_at == _text.Length)
        {
            Fail("Unexpected end-of-input in a Number value", _at);
            return null;
        }

        if (_text[_at..].StartsWith("Infinity"u8))
        {
            FailNonStandard("-Infinity", _at + "Infinity".Length);
            return null;
        }

        return FailNumber("expected digit (0-9) to follow minus sign, for valid numeric value");
    }

    private JsonNumber? FailNumber(string reason)
    {
        // Jackson shows the end of the text as the character 0.
        var length = 0;
        var odd = _at == _text.Length ? '\0' : CharacterAt(_at, out length);
        Fail($"Unexpected character ({Describe(odd)}) in numeric value: {reason}", _at + length);
        return null;
    }

    private void FailNonStandard(string token, int end) =>
        Fail($"Non-standard token '{token}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", end);

    /// <summary>Takes a literal that ends where it should.</summary>
    private bool MatchToken(ReadOnlySpan<byte> token)
    {
        var start = _at;
        if (_text[_at..].StartsWith(token) && !IsIdentifierPart(start + token.Length))
        {
            _at += token.Length;
            return true;
        }

        FailToken(start);
        return false;
    }

    private readonly bool IsIdentifierPart(int at) => at < _text.Length && IsIdentifierPart(CharacterAt(at, out _));

    private static bool IsIdentifierPart(char c) =>
        char.IsLetterOrDigit(c) || c is '_' or '$' || char.GetUnicodeCategory(c) is
            System.Globalization.UnicodeCategory.CurrencySymbol or
            System.Globalization.UnicodeCategory.ConnectorPunctuation or
            System.Globalization.UnicodeCategory.NonSpacingMark or
            System.Globalization.UnicodeCategory.LetterNumber;

    private static bool IsIdentifierStart(char c) =>
        IsIdentifierPart(c) && !char.IsDigit(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark;

    private void FailToken(int start)
    {
        var token = new StringBuilder();
        var at = start;
        while (at < _text.Length && token.Length < MaxShownToken)
        {
            var c = CharacterAt(at, out var length);
            if (!IsIdentifierPart(c))
                break;
            token.Append(c);
            at += length;
        }

        if (token.Length == MaxShownToken)
            token.Append("...");
        Fail($"Unrecognized token '{token}': was expecting {ValidTokens}", at);
    }
}
