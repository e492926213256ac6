namespace Cluster.Node.Sharding;

/// <summary>
/// How long this node may still count on its shards, by its own monotonic clock. While the lease has lapsed no effect may leave: another
/// node may hold the shards by now. Appends go on, for the epoch alone refuses those of a former owner. Safe from any thread.
/// </summary>
public sealed class Lease
{
    private readonly TimeProvider? _time;
    private long _until;
    private long _term;

    /// <summary>A lease that has not begun.</summary>
    /// <param name="time">The monotonic clock.</param>
    public Lease(TimeProvider time)
    {
        _time = time;
        _until = long.MinValue;
    }

    private Lease() => _until = long.MaxValue;

    /// <summary>The lease of a node that shares its store with nobody: it never ends.</summary>
    public static Lease Endless { get; } = new();

    /// <summary>Whether effects may leave now.</summary>
    public bool IsHeld => _time is null || _time.GetTimestamp() < Volatile.Read(ref _until);

    /// <summary>
    /// Which unbroken run of the lease this is: another one than before once it had lapsed and was regained. What was held in an earlier one
    /// may have been lost meanwhile.
    /// </summary>
    public long Term => Volatile.Read(ref _term);

    /// <summary>The lease lasts for a time from a moment on; one that lasts longer already stays as it is.</summary>
    /// <param name="from">The monotonic time at which the renewal was sent, or earlier: the store's clock started no earlier.</param>
    /// <param name="lasts">How long, without the margin in which effects must have ended.</param>
    internal void Extend(long from, TimeSpan lasts)
    {
        var until = from + (long)(lasts.TotalSeconds * _time!.TimestampFrequency);
        if (until <= Volatile.Read(ref _until))
            return;

        // The term comes first: who sees the new end sees the new term, too.
        if (!IsHeld)
            Volatile.Write(ref _term, _term + 1);
        Volatile.Write(ref _until, until);
    }

    /// <summary>The lease is over, whatever was granted before.</summary>
    internal void End() => Volatile.Write(ref _until, long.MinValue);
}
