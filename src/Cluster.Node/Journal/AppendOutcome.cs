namespace Cluster.Node.Journal;

/// <summary>The kinds of outcome of an append.</summary>
public enum AppendOutcomeKind : byte
{
    /// <summary>It is durable.</summary>
    Appended,

    /// <summary>The expected sequence number is not the last, be it behind or ahead. Nothing was written.</summary>
    Conflict,

    /// <summary>The shard is held at another epoch. Nothing was written.</summary>
    Fenced,

    /// <summary>The name belongs to another execution, which the outcome names. Nothing was written.</summary>
    NameTaken,

    /// <summary>The store is full, overloaded or gone and this was a start: it was taken out and is not written.</summary>
    Unavailable,

    /// <summary>Nobody knows whether it was written; the actor must be rebuilt from the journal.</summary>
    Unknown,
}

/// <summary>The outcome of one append.</summary>
/// <param name="Kind">Which outcome.</param>
/// <param name="NameHolder">
/// The execution that has the name, with NameTaken; null otherwise. Of one that was removed before its name only identity, status and dates
/// are known: it has ended, and its hashes are empty.
/// </param>
public readonly record struct AppendOutcome(AppendOutcomeKind Kind, ExecutionRow? NameHolder = null);
