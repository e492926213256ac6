namespace Cluster.Protocol.Json;

/// <summary>Texts as they stand between the quotes of a JSON string.</summary>
public static class EscapedText
{
    /// <summary>How long <c>\u0000</c> is: no byte is escaped to more.</summary>
    private const int LongestEscape = 6;

    /// <summary>About how many bytes a text has there.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="enough">Where the count is not needed if the text surely has no more than this.</param>
    public static long Length(ReadOnlySpan<byte> utf8, long enough)
    {
        if ((long)utf8.Length * LongestEscape <= enough)
            return utf8.Length;
        long length = utf8.Length;
        foreach (var b in utf8)
        {
            if (b is (byte)'"' or (byte)'\\' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\b' or (byte)'\f')
                length++;
            else if (b < (byte)' ')
                length += LongestEscape - 1;
        }

        return length;
    }
}
