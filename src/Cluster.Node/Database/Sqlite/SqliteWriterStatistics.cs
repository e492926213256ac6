namespace Cluster.Node.Database.Sqlite;

/// <summary>What the writer has done since it was opened.</summary>
/// <param name="Commits">Transactions committed; with synchronous=FULL each flushed the log once.</param>
/// <param name="Writes">Writes in them.</param>
/// <param name="Frames">Pages written to the log.</param>
/// <param name="Checkpoints">Copies of the log into the file; each flushed the log and the file.</param>
/// <param name="Failures">Transactions that failed and were undone.</param>
public readonly record struct SqliteWriterStatistics(long Commits, long Writes, long Frames, long Checkpoints, long Failures);
