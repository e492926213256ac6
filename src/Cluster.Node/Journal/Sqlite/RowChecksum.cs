using System.Buffers.Binary;
using System.Numerics;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// What a row is held against when it is read: CRC-32C (Castagnoli's polynomial) over all that was written of it. SQLite keeps no sums of its
/// pages, so this alone tells a bit that has turned on the disk from another event.
/// </summary>
internal static class RowChecksum
{
    /// <summary>Of a row of the journal, as it is stored.</summary>
    public static long Of(
        ExecutionId id, long sequenceNr, long firstHistoryId, long lastHistoryId, bool terminal, long epoch, ReadOnlySpan<byte> events)
    {
        var sum = Add(Begin(id, sequenceNr), firstHistoryId);
        sum = Add(sum, lastHistoryId);
        sum = Add(sum, terminal ? 1 : 0);
        sum = Add(sum, epoch);
        return End(sum, events);
    }

    /// <summary>Of a snapshot.</summary>
    public static long Of(ExecutionId id, long sequenceNr, ReadOnlySpan<byte> snapshot) => End(Begin(id, sequenceNr), snapshot);

    private static uint Begin(ExecutionId id, long sequenceNr)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, id.High);
        sum = BitOperations.Crc32C(sum, id.Low);
        return Add(sum, sequenceNr);
    }

    private static uint Add(uint sum, long number) => BitOperations.Crc32C(sum, (ulong)number);

    private static long End(uint sum, ReadOnlySpan<byte> bytes)
    {
        sum = Add(sum, bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            sum = BitOperations.Crc32C(sum, value);
        return ~sum;
    }
}
