using System.Buffers;
using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// <c>$base64encode</c> and <c>$base64decode</c>: a text's characters are its bytes, as in the reference. What lies beyond U+00FF loses
/// its upper bits there, and here.
/// </summary>
internal static class Base64Text
{
    private const int SextetBits = 6;
    private const int ByteBits = 8;
    private const int StackBytes = 256;

    /// <summary>Encodes the lower byte of each UTF-16 unit.</summary>
    public static string Encode(string text)
    {
        var rented = text.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        var bytes = rented ?? stackalloc byte[StackBytes];
        for (var i = 0; i < text.Length; i++)
            bytes[i] = unchecked((byte)text[i]);
        var encoded = Convert.ToBase64String(bytes[..text.Length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return encoded;
    }

    /// <summary>
    /// Decodes up to the first padding. Of both alphabets each digit is taken, whatever is none is skipped, and missing padding is not
    /// missed.
    /// </summary>
    public static string Decode(string text)
    {
        var rented = text.Length > StackBytes ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        var bytes = rented ?? stackalloc byte[StackBytes];
        var count = 0;
        var bits = 0;
        var held = 0;
        foreach (var c in text)
        {
            if (c == '=')
                break;
            var sextet = Sextet(c);
            if (sextet < 0)
                continue;
            held = ((held << SextetBits) | sextet) & 0xFFFF;
            bits += SextetBits;
            if (bits < ByteBits)
                continue;
            bits -= ByteBits;
            bytes[count++] = unchecked((byte)(held >> bits));
        }

        var decoded = Encoding.Latin1.GetString(bytes[..count]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return decoded;
    }

    private static int Sextet(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
