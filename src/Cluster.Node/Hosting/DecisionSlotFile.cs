using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Cluster.Node.Executions;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Hosting;

/// <summary>
/// A file of a data folder in which each thread of one process keeps the execution that it works for. It is mapped into memory, so what is
/// stored there costs no call of the system, and is in the file however the process ends.
/// </summary>
/// <remarks>
/// Always: the file is locked while its process lives, so that who gets the lock may take the content for that of a dead one. The low half of
/// an id is stored before its high half and the high half is emptied first, so that a slot with a high half is whole. A file without
/// incarnation has nothing to tell: its process ended in order.
/// </remarks>
public sealed unsafe class DecisionSlotFile : IDecisionSlots, IDisposable
{
    /// <summary>How many threads have a slot: those with the lowest numbers, which .NET gives again. A thread beyond is not noted.</summary>
    public const int MostThreads = 1024;

    /// <summary>A cache line, so that no thread waits for another's slot.</summary>
    private const int SlotBytes = 64;

    private const int IncarnationAt = 8;

    /// <summary>Behind the last slot: where the threads store that have none. It is not read.</summary>
    private const int NobodysSlot = SlotBytes * (1 + MostThreads);
    private const int FileBytes = NobodysSlot + SlotBytes;

    /// <summary>"ClstSlo1": what the file begins with.</summary>
    private const ulong Mark = 0x316F6C5374736C43;

    /// <summary>Where the thread's slot is in every file; 0 before it first asked. .NET takes its time to tell a thread's number.</summary>
    [ThreadStatic]
    private static int _slotAt;

    private readonly FileStream _file;
    private MemoryMappedFile? _mapped;
    private MemoryMappedViewAccessor? _view;
    private byte* _start;

    private DecisionSlotFile(FileStream file) => _file = file;

    /// <summary>Takes a file, which is made when there is none; null while another process has it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static DecisionSlotFile? TryTake(string path)
    {
        try
        {
            return new DecisionSlotFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>What the process before left in the file; empty when it ended in order, or when there was none.</summary>
    public LeftSlots ReadLeft()
    {
        var bytes = new byte[FileBytes];
        _file.Position = 0;
        if (_file.ReadAtLeast(bytes, FileBytes, throwOnEndOfStream: false) < FileBytes || BitConverter.ToUInt64(bytes) != Mark)
            return LeftSlots.None;
        var incarnation = BitConverter.ToInt64(bytes, IncarnationAt);
        if (incarnation == 0)
            return LeftSlots.None;
        var ids = new SortedSet<ExecutionId>();
        for (var slot = SlotBytes; slot < NobodysSlot; slot += SlotBytes)
        {
            var high = BitConverter.ToUInt64(bytes, slot);
            if (high != 0)
                ids.Add(new ExecutionId(high, BitConverter.ToUInt64(bytes, slot + sizeof(ulong))));
        }

        return new LeftSlots(incarnation, ids);
    }

    /// <summary>Empties the file: what was left in it is booked.</summary>
    public void Clear()
    {
        // Written whole, so that every page has its place: a full disk would end the process at its first store into one that has none.
        _file.Position = 0;
        var bytes = new byte[FileBytes];
        BitConverter.TryWriteBytes(bytes, Mark);
        _file.Write(bytes);
        _file.SetLength(FileBytes);
    }

    /// <summary>Begins to keep the slots of this process.</summary>
    /// <param name="incarnation">The number of this life of the process; not 0.</param>
    public void Begin(long incarnation)
    {
        Clear();
        _mapped = MemoryMappedFile.CreateFromFile(
            _file, mapName: null, FileBytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapped.CreateViewAccessor(0, FileBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        *(long*)(start + IncarnationAt) = incarnation;
        _start = start;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(ExecutionId id)
    {
        var slot = (ulong*)(_start + (_slotAt is var at and not 0 ? at : FindSlot()));
        slot[1] = id.Low;
        Volatile.Write(ref *slot, id.High);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => Volatile.Write(ref *(ulong*)(_start + _slotAt), 0);

    /// <summary>
    /// The process ends in order, or of a reason that lies in no execution: nothing of what it works for is suspect. It may go on storing
    /// into its slots, so they stay mapped until it is gone.
    /// </summary>
    public void Disregard()
    {
        if (_start is not null)
            *(long*)(_start + IncarnationAt) = 0;
    }

    private static int FindSlot() => _slotAt = Math.Min(Environment.CurrentManagedThreadId * SlotBytes, NobodysSlot);

    /// <inheritdoc/>
    public void Dispose()
    {
        Disregard();
        _file.Dispose();
    }
}

/// <summary>What a process that ended left in its slots.</summary>
/// <param name="Incarnation">The number of its life; 0 when it ended in order.</param>
/// <param name="Executions">The executions that its threads worked for.</param>
public sealed record LeftSlots(long Incarnation, IReadOnlyCollection<ExecutionId> Executions)
{
    /// <summary>Nothing was left.</summary>
    public static readonly LeftSlots None = new(0, []);
}
