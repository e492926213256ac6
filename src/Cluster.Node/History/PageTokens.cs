using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Cluster.Node.History;

/// <summary>
/// The tokens of pages: which query they belong to, where it goes on, and until when they are good. Readable by whoever decodes them; they
/// hold nothing that the caller of the query was not shown.
/// </summary>
internal static class PageTokens
{
    /// <summary>How long a token is good, in milliseconds: 24 hours, as at AWS.</summary>
    public const long LifetimeMilliseconds = 24L * 60 * 60 * 1000;

    private const char Separator = '\n';

    /// <summary>A token for a query at a position.</summary>
    /// <param name="query">What the query asks; the token is good for no other.</param>
    /// <param name="position">Where it goes on.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static string Make(string query, string position, long now) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{now + LifetimeMilliseconds}{Separator}{position}{Separator}{query}")));

    /// <summary>The position of a token; false when it is none, of another query, or too old.</summary>
    public static bool TryRead(string token, string query, long now, out string position)
    {
        position = "";
        if (!Base64Url.IsValid(token))
            return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator, 3);
        if (parts.Length != 3 || !string.Equals(parts[2], query, StringComparison.Ordinal)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var expires) || expires < now)
        {
            return false;
        }

        position = parts[1];
        return true;
    }
}
