namespace Cluster.Node.Database;

/// <summary>The bounds of a store's writer.</summary>
internal static class WriteLimits
{
    /// <summary>The most writes in one batch.</summary>
    public const int BatchWrites = 1024;

    /// <summary>The bytes after which a batch takes no further write.</summary>
    public const int BatchBytes = 8 * 1024 * 1024;

    /// <summary>The waiting bytes from which on writes that may be refused are; others are bounded by who sends them.</summary>
    public const long QueuedBytes = 256L * 1024 * 1024;

    /// <summary>The waiting writes from which on writes that may be refused are.</summary>
    public const int QueuedWrites = 65_536;

    /// <summary>The wait before the second try of a batch; each further wait is twice as long.</summary>
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(1);

    /// <summary>The pause after which a writer counts as idle.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
}
