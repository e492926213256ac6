namespace Cluster.Gateway.Authentication;

/// <summary>
/// Path and query of a request in the form that is signed. Both are taken as they came over the wire: the path is not normalized, so that
/// a path that only means the same as the signed one is refused.
/// </summary>
internal static class CanonicalTarget
{
    private const string Root = "/";

    /// <summary>Adds the path, a line end and the query.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="target">The request's target: <c>/path?query</c>, or with scheme and host before it, as a proxy is sent it.</param>
    public static void AddTo(ref CanonicalText text, string target)
    {
        var start = target.StartsWith('/') ? 0 : PathOf(target);
        var mark = target.IndexOf('?', start);
        var path = target.AsSpan(start, (mark < 0 ? target.Length : mark) - start);
        if (path.Length == 0 || path.SequenceEqual(Root))
            text.Add(Root);
        else
            text.Add(Uri.EscapeDataString(path).Replace("%2F", Root, StringComparison.Ordinal));
        text.Add("\n"u8);
        if (mark >= 0 && mark + 1 < target.Length)
            text.Add(Query(target[(mark + 1)..]));
    }

    private static int PathOf(string target)
    {
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? 0 : target.AsSpan(scheme + 3).IndexOfAny('/', '?');
        return scheme < 0 ? 0 : path < 0 ? target.Length : scheme + 3 + path;
    }

    /// <summary>Each name and value encoded in one way, in the order of the encoded texts.</summary>
    private static string Query(string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair).ToArray();
        Array.Sort(pairs, static (a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0
            ? order
            : string.CompareOrdinal(a.Value, b.Value));
        return string.Join('&', pairs.Select(static pair => $"{pair.Name}={pair.Value}"));
    }

    private static (string Name, string Value) Pair(string pair)
    {
        var equal = pair.IndexOf('=', StringComparison.Ordinal);
        return equal < 0 ? (Encoded(pair), "") : (Encoded(pair[..equal]), Encoded(pair[(equal + 1)..]));
    }

    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
