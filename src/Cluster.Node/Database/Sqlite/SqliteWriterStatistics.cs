namespace Cluster.Node.Database.Sqlite;

/// <summary>What the writer has done since it was opened, and where its time went.</summary>
/// <param name="Commits">Transactions committed; with full sync each flushed the log once.</param>
/// <param name="Writes">Writes in them.</param>
/// <param name="Frames">Pages written to the log.</param>
/// <param name="Checkpoints">Copies of the log into the file; each flushed the log and the file.</param>
/// <param name="Failures">Transactions that failed and were undone.</param>
/// <param name="ApplyTime">Time spent writing rows.</param>
/// <param name="CommitTime">Time spent committing, flush included.</param>
/// <param name="AnswerTime">Time spent handing out answers.</param>
/// <param name="CheckpointTime">Time spent copying the log.</param>
public readonly record struct SqliteWriterStatistics(
    long Commits,
    long Writes,
    long Frames,
    long Checkpoints,
    long Failures,
    TimeSpan ApplyTime,
    TimeSpan CommitTime,
    TimeSpan AnswerTime,
    TimeSpan CheckpointTime);
