using System.Globalization;

namespace Cluster.Asl.Interpreter.Branches;

/// <summary>
/// The names of scopes. The execution's own is the empty text; a branch adds <c>/visit.attempt.index</c> to that of its parent. A retried
/// or revisited state gives its branches new names, so that whatever is late for an old one finds nobody. A storage format.
/// </summary>
public static class ScopePath
{
    /// <summary>The name of a branch or iteration.</summary>
    /// <param name="parent">The scope whose state branches.</param>
    /// <param name="visit">The visit of that state.</param>
    /// <param name="attempt">Its attempt.</param>
    /// <param name="index">The branch or item, from 0.</param>
    public static string Child(string parent, long visit, int attempt, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{parent}/{visit}.{attempt}.{index}");

    /// <summary>The name of the scope that a branch belongs to.</summary>
    public static string Parent(string path) => path[..path.LastIndexOf('/')];

    /// <summary>The index of a branch in its parent.</summary>
    public static int Index(string path) => IndexOf(path.AsSpan(path.LastIndexOf('/') + 1));

    /// <summary>Reads the segment that begins at <paramref name="at"/> and moves behind it; -1 for a text that is no name.</summary>
    internal static int Next(string path, ref int at)
    {
        if (path[at] != '/')
            return -1;
        var length = path.AsSpan(at + 1).IndexOf('/');
        var end = length < 0 ? path.Length : at + 1 + length;
        var index = IndexOf(path.AsSpan(at + 1, end - at - 1));
        at = end;
        return index;
    }

    private static int IndexOf(ReadOnlySpan<char> segment) =>
        int.TryParse(segment[(segment.LastIndexOf('.') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
}
