namespace Cluster.Asl.Json;

/// <summary>A string hash that is the same in every process (FNV-1a over UTF-16 code units), so that a simulated run repeats.</summary>
internal static class StableHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;
    private const ulong LongOffset = 14695981039346656037;
    private const ulong LongPrime = 1099511628211;

    public static int Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var c in text)
            hash = (hash ^ c) * Prime;
        return unchecked((int)hash);
    }

    /// <summary>The same in 64 bits, where two texts must not meet.</summary>
    public static ulong Long(ReadOnlySpan<char> text)
    {
        var hash = LongOffset;
        foreach (var c in text)
            hash = (hash ^ c) * LongPrime;
        return hash;
    }
}
