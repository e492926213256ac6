using System.Buffers;

namespace Cluster.Protocol.Arns;

/// <summary>Which names machines and executions may have.</summary>
public static class ResourceNames
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 80;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>{}[]?*\"#%\\^|~`$&,;:/\uFFFE\uFFFF");

    /// <summary>
    /// Whether every character is allowed: no white space, brackets, wildcards, special characters, control characters or
    /// characters outside the Basic Multilingual Plane. The length is judged elsewhere.
    /// </summary>
    public static bool IsValid(string name)
    {
        if (name.AsSpan().ContainsAny(Forbidden))
            return false;
        foreach (var c in name)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c))
                return false;
        }

        return true;
    }
}
