namespace Cluster.Node.Timers;

/// <summary>
/// A heap of timer entries with four children a node, earliest first, in which each entry knows its place, so that one in the middle is taken
/// out as quickly as the first. Entries of one due time keep the order in which they were set.
/// </summary>
internal sealed class TimerHeap
{
    private const int Arity = 4;
    private const int FirstCapacity = 16;

    private Slot[] _slots = new Slot[FirstCapacity];
    private long _sequence;

    internal int Count { get; private set; }

    /// <summary>When the first entry is due; only with entries.</summary>
    internal long EarliestDueAt => _slots[0].DueAt;

    internal void Add(TimerEntry entry, long dueAt)
    {
        if (Count == _slots.Length)
            Array.Resize(ref _slots, Count * 2);
        entry.DueAt = dueAt;
        Up(Count++, new Slot(dueAt, _sequence++, entry));
    }

    internal void Remove(TimerEntry entry)
    {
        var index = entry.Index;
        var last = _slots[--Count];
        _slots[Count] = default;
        entry.Index = TimerEntry.NotQueued;
        if (index == Count)
            return;
        if (index > 0 && last.IsBefore(_slots[(index - 1) / Arity]))
            Up(index, last);
        else
            Down(index, last);
    }

    internal TimerEntry RemoveEarliest()
    {
        var entry = _slots[0].Entry;
        Remove(entry);
        return entry;
    }

    private void Up(int index, in Slot slot)
    {
        while (index > 0)
        {
            var parent = (index - 1) / Arity;
            if (!slot.IsBefore(_slots[parent]))
                break;
            Put(index, _slots[parent]);
            index = parent;
        }

        Put(index, slot);
    }

    private void Down(int index, in Slot slot)
    {
        while (true)
        {
            var first = (index * Arity) + 1;
            if (first >= Count)
                break;
            var least = first;
            var end = Math.Min(first + Arity, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (_slots[child].IsBefore(_slots[least]))
                    least = child;
            }

            if (!_slots[least].IsBefore(slot))
                break;
            Put(index, _slots[least]);
            index = least;
        }

        Put(index, slot);
    }

    private void Put(int index, in Slot slot)
    {
        _slots[index] = slot;
        slot.Entry.Index = index;
    }

    private readonly record struct Slot(long DueAt, long Sequence, TimerEntry Entry)
    {
        internal bool IsBefore(in Slot other) => DueAt < other.DueAt || (DueAt == other.DueAt && Sequence < other.Sequence);
    }
}
