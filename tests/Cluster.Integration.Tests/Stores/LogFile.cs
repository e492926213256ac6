using System.Buffers.Binary;
using Cluster.Node.Journal.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Cluster.Integration.Tests.Stores;

/// <summary>
/// The log of a store as its bytes and its index tell it (https://www.sqlite.org/walformat.html). The index is read only to know how far
/// the log is copied into the file; no copy of a store in these tests has it.
/// </summary>
/// <param name="Frames">The frames that are valid, of which <paramref name="Copied"/> are in the file already.</param>
/// <param name="Copied">The frames that were copied into the file.</param>
/// <param name="PageBytes">The size of a page.</param>
internal readonly record struct LogFile(long Frames, long Copied, int PageBytes)
{
    public const string Suffix = "-wal";
    public const string IndexSuffix = "-shm";

    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int CommitAt = 4;
    private const int HeaderSummedBytes = 24;
    private const int FrameSummedBytes = 8;
    private const int SaltsAt = 16;
    private const int FrameSaltsAt = 8;
    private const int SaltsBytes = 8;
    private const uint BigEndianChecksums = 0x377f0683;
    private const int IndexPageBytesAt = 14;
    private const int IndexFramesAt = 16;
    private const int IndexCopiedAt = 96;
    private const int IndexHeadBytes = 100;

    private int FrameBytes => FrameHeaderBytes + PageBytes;

    /// <summary>The first byte behind the last frame that was copied.</summary>
    public long CopiedEnd => HeaderBytes + (Copied * FrameBytes);

    /// <summary>The first byte behind the last valid frame; the file may be longer, by frames of an earlier round.</summary>
    public long End => HeaderBytes + (Frames * FrameBytes);

    /// <summary>Reads the index of a store, be it open or left by a killed process.</summary>
    /// <param name="index">
    /// The index. Closing any handle of it takes the locks away that this process has on it by SQLite, so it is closed last.
    /// </param>
    public static LogFile Read(SafeFileHandle index)
    {
        var head = new byte[IndexHeadBytes];
        if (RandomAccess.Read(index, head, 0) < head.Length)
            return default;

        // The index is in the byte order of the machine.
        return new LogFile(
            BitConverter.ToUInt32(head, IndexFramesAt), BitConverter.ToUInt32(head, IndexCopiedAt), BitConverter.ToUInt16(head, IndexPageBytesAt));
    }

    /// <summary>Opens the index of a store.</summary>
    public static SafeFileHandle OpenIndex(string folder) => File.OpenHandle(
        Path.Combine(folder, SqliteStore.FileName + IndexSuffix), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>
    /// The valid frames of a log by its bytes. They may be more than its index says: a process may be killed when it has written a commit and
    /// not noted it yet. Nobody was told of that one; it is found all the same.
    /// </summary>
    public LogFile ValidIn(ReadOnlySpan<byte> log)
    {
        var words = BinaryPrimitives.ReadUInt32BigEndian(log) == BigEndianChecksums;
        var sum = Add((0, 0), log[..HeaderSummedBytes], words);
        long frames = 0;
        for (var at = HeaderBytes; at + FrameBytes <= log.Length; at += FrameBytes, frames++)
        {
            var frame = log.Slice(at, FrameBytes);
            sum = Add(Add(sum, frame[..FrameSummedBytes], words), frame[FrameHeaderBytes..], words);
            var isOfThisRound = frame.Slice(FrameSaltsAt, SaltsBytes).SequenceEqual(log.Slice(SaltsAt, SaltsBytes));
            if (!isOfThisRound || sum != (Word(frame, FrameSaltsAt + SaltsBytes), Word(frame, FrameSaltsAt + SaltsBytes + sizeof(uint))))
                break;
        }

        return this with { Frames = frames };
    }

    /// <summary>How many of the valid frames end a commit, when the log ends at a byte.</summary>
    public int Commits(ReadOnlySpan<byte> log, long end)
    {
        var commits = 0;
        for (long frame = 0; frame < Frames; frame++)
        {
            var at = HeaderBytes + (frame * FrameBytes);
            if (at + FrameBytes > end)
                break;
            if (Word(log[(int)at..], CommitAt) != 0)
                commits++;
        }

        return commits;
    }

    private static (uint First, uint Second) Add((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        for (; bytes.Length > 0; bytes = bytes[(2 * sizeof(uint))..])
        {
            sum.First = unchecked(sum.First + sum.Second + Read(bytes, bigEndian));
            sum.Second = unchecked(sum.Second + sum.First + Read(bytes[sizeof(uint)..], bigEndian));
        }

        return sum;
    }

    private static uint Read(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
