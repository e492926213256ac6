namespace Cluster.Node.Journal.Postgres;

/// <summary>What the writer has done since the store was opened, and where its time went.</summary>
/// <param name="Commits">Batches committed.</param>
/// <param name="Writes">Appends in them.</param>
/// <param name="Failures">Tries that failed.</param>
/// <param name="Connections">Connections opened.</param>
/// <param name="UnknownCommits">Batches whose answer was lost.</param>
/// <param name="FoundCommitted">Of these, how many the ledger showed as committed.</param>
/// <param name="Fenced">Appends that were refused, for their shard had been taken by another process.</param>
/// <param name="WriteTime">Time spent writing, from sending a batch to its answer.</param>
/// <param name="AnswerTime">Time spent handing out answers.</param>
public readonly record struct WriterStatistics(
    long Commits,
    long Writes,
    long Failures,
    long Connections,
    long UnknownCommits,
    long FoundCommitted,
    long Fenced,
    TimeSpan WriteTime,
    TimeSpan AnswerTime);
