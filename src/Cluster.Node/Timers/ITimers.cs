namespace Cluster.Node.Timers;

/// <summary>Timers: never early by the clock, in order of due time, those of one due time in the order in which they were set.</summary>
public interface ITimers
{
    /// <summary>
    /// Fires an entry once at a time, or soon when that is past. An entry that waits already is moved.
    /// </summary>
    /// <param name="entry">The entry; it belongs to one queue only.</param>
    /// <param name="dueAt">Unix milliseconds.</param>
    void Set(TimerEntry entry, long dueAt);

    /// <summary>Takes an entry out.</summary>
    /// <returns>Whether it waited; with false it has fired, is firing at this moment, or was never set.</returns>
    bool Cancel(TimerEntry entry);
}
