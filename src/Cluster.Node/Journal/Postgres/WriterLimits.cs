namespace Cluster.Node.Journal.Postgres;

/// <summary>The bounds of the writer.</summary>
internal static class WriterLimits
{
    /// <summary>The most appends in one batch.</summary>
    public const int BatchAppends = 1024;

    /// <summary>The bytes after which a batch takes no further append.</summary>
    public const int BatchBytes = 8 * 1024 * 1024;

    /// <summary>The waiting bytes from which on starts are refused; others are bounded by who sends them.</summary>
    public const long QueuedBytes = 256L * 1024 * 1024;

    /// <summary>The waiting appends from which on starts are refused.</summary>
    public const int QueuedAppends = 65_536;

    /// <summary>How long starts are kept while the connection is gone; then they are refused, so that callers hear something.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(1);

    /// <summary>The wait before the second try of a batch; each further wait is twice as long.</summary>
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(1);
}
