namespace Cluster.Node.Timers;

/// <summary>
/// Something that is to happen at a time. The object is its own handle: whoever keeps it can cancel it or set it again.
/// </summary>
public abstract class TimerEntry
{
    internal const int NotQueued = -1;

    /// <summary>Where it is in its queue's heap, or <see cref="NotQueued"/>; belongs to the queue.</summary>
    internal int Index = NotQueued;

    /// <summary>When it is or was due, in Unix milliseconds.</summary>
    public long DueAt { get; internal set; }

    /// <summary>
    /// Its time has come. Runs on a thread of the clock, must only hand a word on (to a mailbox), and must not block or throw.
    /// </summary>
    protected internal abstract void Fire();
}
