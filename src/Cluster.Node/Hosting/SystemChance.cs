using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cluster.Node.Sharding;

namespace Cluster.Node.Hosting;

/// <summary>Chance from the operating system, drawn in blocks: ids need nothing less, and a call for each would cost more than they do.</summary>
public sealed class SystemChance : IChance
{
    private const int BlockSize = 128;

    [ThreadStatic]
    private static ulong[]? _block;

    [ThreadStatic]
    private static int _next;

    /// <inheritdoc/>
    public ulong Next()
    {
        var block = _block;
        if (block is null || _next == BlockSize)
        {
            block = _block ??= new ulong[BlockSize];
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(block.AsSpan()));
            _next = 0;
        }

        var value = block[_next];
        block[_next++] = 0;
        return value;
    }
}
