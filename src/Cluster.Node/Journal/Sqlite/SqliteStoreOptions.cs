namespace Cluster.Node.Journal.Sqlite;

/// <summary>How a SQLite store is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The data directory; it is made when there is none.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Whether a commit waits until the disk has it. Without, a crash of the machine, not of the process, may lose the last commits.
    /// </summary>
    public bool FullSync { get; init; } = true;

    /// <summary>The size of a page of a new file, in bytes. A file that exists keeps its own.</summary>
    public int PageSize { get; init; } = 4096;

    /// <summary>The writer's page cache in bytes.</summary>
    public int WriterCacheBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The page cache of each reader in bytes.</summary>
    public int ReaderCacheBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Measures where the writer's time goes; nothing is decided by it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called when the file is broken, on the writer's thread, which has stopped. By default the process ends: to go on would be to
    /// answer from a store that no longer takes anything.
    /// </summary>
    public Action<Exception> Broken { get; init; } = static e => Environment.FailFast("The store is broken: " + e.Message, e);
}
