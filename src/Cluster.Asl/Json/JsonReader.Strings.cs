using System.Buffers;
using System.Text;

namespace Cluster.Asl.Json;

/// <content>Strings and names.</content>
internal ref partial struct JsonReader
{
    /// <summary>The length up to which an unescaped string is put together on the stack.</summary>
    private const int StackCharacters = 256;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(c => (byte)c)]);

    /// <summary>Reads the string whose opening quote is the next character.</summary>
    private string? ReadString(bool isName)
    {
        _at++;
        var rest = _text[_at..];
        var length = rest.IndexOfAny(StringStops);
        if (length < 0 || rest[length] != '"')
            return ReadEscapedString(isName);
        _at += length + 1;
        var plain = rest[..length];
        return isName ? _names.Get(plain) : Encoding.UTF8.GetString(plain);
    }

    private string? ReadEscapedString(bool isName)
    {
        char[]? rented = null;

        // No character takes fewer bytes than it has UTF-16 units.
        var capacity = EscapedLength();
        var characters = capacity <= StackCharacters
            ? stackalloc char[StackCharacters]
            : (rented = ArrayPool<char>.Shared.Rent(capacity));
        try
        {
            var count = Unescape(characters, isName);
            return count < 0 ? null : new string(characters[..count]);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>The number of bytes up to the closing quote, or up to whatever makes the string an error.</summary>
    private readonly int EscapedLength()
    {
        var at = _at;
        while (at < _text.Length)
        {
            var stop = _text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0)
                break;
            at += stop;
            if (_text[at] == '"')
                return at - _at;
            at += 2;
        }

        return _text.Length - _at;
    }

    /// <summary>Takes the string with its closing quote; gives the number of characters, or -1 after an error.</summary>
    private int Unescape(scoped Span<char> characters, bool isName)
    {
        var count = 0;
        while (true)
        {
            var rest = _text[_at..];
            var length = rest.IndexOfAny(StringStops);
            if (length < 0)
            {
                Fail($"Unexpected end-of-input{(isName ? " in field name" : ": was expecting closing quote for a string value")}", _text.Length);
                return -1;
            }

            count += Encoding.UTF8.GetChars(rest[..length], characters[count..]);
            _at += length;
            switch (rest[length])
            {
                case (byte)'"':
                    _at++;
                    return count;
                case (byte)'\\':
                    if (!TryReadEscape(isName, out characters[count]))
                        return -1;
                    count++;
                    break;
                default:
                    var place = isName ? "name" : "string value";
                    Fail(
                        $"Illegal unquoted character ({Describe((char)rest[length])}): has to be escaped using backslash to be included in {place}",
                        _at + 1);
                    return -1;
            }
        }
    }

    private bool TryReadEscape(bool isName, out char character)
    {
        _at++;
        character = '\0';
        if (_at == _text.Length)
            return FailEscapeAtEnd(isName);
        character = _text[_at] switch
        {
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'u' => 'u',
            _ => '\0',
        };
        if (character == '\0')
        {
            var escaped = CharacterAt(_at, out var length);
            Fail($"Unrecognized character escape {Describe(escaped)}", _at + length);
            return false;
        }

        _at++;
        return character != 'u' || TryReadHex(isName, out character);
    }

    private bool TryReadHex(bool isName, out char character)
    {
        var code = 0;
        character = '\0';
        for (var digit = 0; digit < 4; digit++)
        {
            if (_at == _text.Length)
                return FailEscapeAtEnd(isName);
            if (!char.IsAsciiHexDigit((char)_text[_at]))
            {
                FailUnexpected("expected a hex-digit for character escape sequence");
                return false;
            }

            code = (code << 4) | HexValue(_text[_at++]);
        }

        character = (char)code;
        return true;
    }

    private bool FailEscapeAtEnd(bool isName)
    {
        Fail(isName ? "Unexpected end-of-input in field name" : "Unexpected end-of-input in character escape sequence", _text.Length);
        return false;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
