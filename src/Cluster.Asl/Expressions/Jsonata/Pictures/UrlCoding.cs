using System.Buffers;
using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Percent-encoding as ECMAScript's encodeURI, encodeURIComponent and their inverses do it, in UTF-8.</summary>
internal static class UrlCoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
    private const string Reserved = ";/?:@&=+$,#";
    private const int StackChars = 256;
    private const int EscapeLength = 3;
    private const int MaxUtf8 = 4;

    private static readonly SearchValues<char> KeptInComponents = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> KeptInUrls = SearchValues.Create(Unreserved + Reserved);

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isComponent">Whether characters that have a meaning in URLs are encoded, too.</param>
    /// <returns>Null if the text has half a surrogate pair.</returns>
    public static string? Encode(string text, bool isComponent)
    {
        var kept = isComponent ? KeptInComponents : KeptInUrls;
        var at = text.AsSpan().IndexOfAnyExcept(kept);
        if (at < 0)
            return text;
        var encoded = new TextBuilder(stackalloc char[StackChars]);
        encoded.Append(text.AsSpan(0, at));
        Span<byte> bytes = stackalloc byte[MaxUtf8];
        while (at < text.Length)
        {
            if (kept.Contains(text[at]))
            {
                encoded.Append(text[at++]);
                continue;
            }

            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var units) != OperationStatus.Done)
            {
                encoded.Dispose();
                return null;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
            {
                encoded.Append('%');
                encoded.Append(HexDigit(b >> 4));
                encoded.Append(HexDigit(b & 0xF));
            }

            at += units;
        }

        var result = encoded.ToString();
        encoded.Dispose();
        return result;
    }

    /// <summary>Decodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isComponent">Whether escapes of characters that have a meaning in URLs are decoded, too.</param>
    /// <returns>Null if an escape is malformed or its bytes are not UTF-8.</returns>
    public static string? Decode(string text, bool isComponent)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var decoded = new TextBuilder(stackalloc char[StackChars]);
        Span<byte> bytes = stackalloc byte[MaxUtf8];
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] != '%')
            {
                decoded.Append(text[at++]);
                continue;
            }

            var length = ReadEscapes(text.AsSpan(at), bytes);
            if (length == 0 || Rune.DecodeFromUtf8(bytes[..length], out var rune, out var used) != OperationStatus.Done || used != length)
            {
                decoded.Dispose();
                return null;
            }

            var escape = text.AsSpan(at, EscapeLength * length);
            if (!isComponent && rune.IsAscii && Reserved.Contains((char)rune.Value))
                decoded.Append(escape);
            else
                decoded.Append(rune);
            at += escape.Length;
        }

        var result = decoded.ToString();
        decoded.Dispose();
        return result;
    }

    /// <summary>The bytes of as many escapes as the first byte asks for; zero where there are fewer or it cannot be first.</summary>
    private static int ReadEscapes(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var length = 1;
        for (var i = 0; i < length; i++)
        {
            var escape = text.Length >= EscapeLength * (i + 1) ? text.Slice(EscapeLength * i, EscapeLength) : default;
            if (escape.Length == 0 || escape[0] != '%' || !char.IsAsciiHexDigit(escape[1]) || !char.IsAsciiHexDigit(escape[2]))
                return 0;
            bytes[i] = (byte)((HexValue(escape[1]) << 4) | HexValue(escape[2]));
            if (i == 0)
                length = bytes[0] switch { < 0x80 => 1, < 0xC0 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, _ => 0 };
        }

        return length;
    }

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | ' ') - 'a' + 10;

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
