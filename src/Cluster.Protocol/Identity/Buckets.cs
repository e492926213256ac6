using System.Text;

namespace Cluster.Protocol.Identity;

/// <summary>The 4,096 buckets over which execution names are spread; shards are ranges of buckets.</summary>
/// <remarks>
/// The hash is a storage format: it decides in which shard a name is unique. It never changes; golden vectors hold it.
/// FNV-1a, 64 bits, over the UTF-8 of the four parts with a zero byte between them, then folded to 12 bits by a multiplication.
/// </remarks>
public static class Buckets
{
    /// <summary>How many buckets there are.</summary>
    public const int Count = 4096;

    private const int Bits = 12;
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const ulong Mix = 0x9E3779B97F4A7C15;
    private const int StackLimit = 256;

    /// <summary>The bucket of an execution's name.</summary>
    /// <param name="account">The account, 12 digits.</param>
    /// <param name="region">The region.</param>
    /// <param name="stateMachine">The machine's name, with <c>/label</c> for children of a Distributed Map.</param>
    /// <param name="execution">The execution's name.</param>
    public static int Of(string account, string region, string stateMachine, string execution)
    {
        var hash = Offset;
        hash = Fold(hash, account);
        hash = Fold(hash, region);
        hash = Fold(hash, stateMachine);
        hash = Fold(hash, execution);
        return (int)((hash * Mix) >> (64 - Bits));
    }

    private static ulong Fold(ulong hash, string part)
    {
        var size = Encoding.UTF8.GetMaxByteCount(part.Length);
        Span<byte> bytes = size <= StackLimit ? stackalloc byte[StackLimit] : new byte[size];
        var length = Encoding.UTF8.GetBytes(part, bytes);
        foreach (var b in bytes[..length])
            hash = (hash ^ b) * Prime;
        return hash * Prime;
    }
}
