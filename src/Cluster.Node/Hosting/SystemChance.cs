using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Cluster.Node.Sharding;

namespace Cluster.Node.Hosting;

/// <summary>Chance from the operating system, drawn in blocks: ids need nothing less, and a call for each would cost more than they do.</summary>
public sealed class SystemChance : IChance
{
    private const int BlockSize = 128;

    [ThreadStatic]
    private static ulong[]? t_block;

    [ThreadStatic]
    private static int t_next;

    /// <inheritdoc/>
    public ulong Next()
    {
        var block = t_block;
        if (block is null || t_next == BlockSize)
        {
            block = t_block ??= new ulong[BlockSize];
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(block.AsSpan()));
            t_next = 0;
        }

        var value = block[t_next];
        block[t_next++] = 0;
        return value;
    }
}
