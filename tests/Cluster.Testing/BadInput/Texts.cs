namespace Cluster.Testing.BadInput;

/// <summary>Texts that the cases send.</summary>
public static class Texts
{
    /// <summary>The largest payload in bytes.</summary>
    public const int PayloadBytes = 262_144;

    /// <summary>So deep that a parser without a guard would run out of stack.</summary>
    public const int Deep = 200_000;

    /// <summary>A JSON string of so many bytes, of characters of two bytes but for at most one.</summary>
    public static string OfBytes(int bytes) => $"\"{new string('é', (bytes - 2) / 2)}{(bytes % 2 == 0 ? "" : "e")}\"";

    /// <summary>Arrays in arrays, or objects in objects, closed or not.</summary>
    public static string Nested(int depth, bool objects, bool closed) => string.Concat(
        string.Concat(Enumerable.Repeat(objects ? "{\"a\":" : "[", depth)), "1", closed ? new string(objects ? '}' : ']', depth) : "");
}
