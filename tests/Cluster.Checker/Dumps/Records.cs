using System.Text.Json.Serialization;

namespace Cluster.Checker.Dumps;

/// <summary>A line of a dump. Times are Unix milliseconds, hashes lower-case hexadecimal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(EventRow), "row")]
[JsonDerivedType(typeof(ExecutionRecord), "execution")]
[JsonDerivedType(typeof(NameRecord), "name")]
[JsonDerivedType(typeof(DefinitionRecord), "definition")]
[JsonDerivedType(typeof(LeaseRecord), "lease")]
[JsonDerivedType(typeof(CallRecord), "call")]
[JsonDerivedType(typeof(AnswerRecord), "answer")]
[JsonDerivedType(typeof(ReadBackRecord), "readback")]
[JsonDerivedType(typeof(HealedRecord), "healed")]
internal abstract record DumpRecord;

/// <summary>A row of the journal.</summary>
/// <param name="Commit">The global commit sequence.</param>
/// <param name="Events">The EventBatch, encoded.</param>
internal sealed record EventRow(
    string Execution, long Sequence, long First, long Last, int Shard, long Epoch, long Incarnation, long Commit, int Segment, bool Terminal, byte[] Events)
    : DumpRecord;

/// <summary>The row of an execution.</summary>
/// <param name="Machine">account/region/name of the state machine.</param>
/// <param name="Status">As AWS spells it.</param>
/// <param name="WakeAt">When it must be woken; 0 is now, null never.</param>
/// <param name="NameExpires">From when on its name may be given again; null while it runs.</param>
internal sealed record ExecutionRecord(
    string Id, string Machine, string Name, string Status, long Start, long? Stop, long? WakeAt, long? NameExpires, string InputHash, string DefinitionHash)
    : DumpRecord;

/// <summary>Who has a name.</summary>
internal sealed record NameRecord(string Machine, string Name, string Execution) : DumpRecord;

/// <summary>A definition.</summary>
internal sealed record DefinitionRecord(string Hash, string Text) : DumpRecord;

/// <summary>A shard was taken.</summary>
/// <param name="From">By the database's clock.</param>
/// <param name="Until">When it was given up, lost, or would have lapsed.</param>
/// <param name="Commit">The last commit sequence before it was granted.</param>
internal sealed record LeaseRecord(int Shard, long Epoch, long Incarnation, long From, long Until, long Commit) : DumpRecord;

/// <summary>A call of a client.</summary>
/// <param name="Client">Which client; each makes one call after the other.</param>
/// <param name="Outcome">ok, fail, or info when it is not known.</param>
/// <param name="Start">When it was sent, by the client's monotonic clock.</param>
/// <param name="End">When the answer came.</param>
/// <param name="Status">What DescribeExecution answered.</param>
/// <param name="Seen">The names that ListExecutions answered.</param>
internal sealed record CallRecord(
    int Client, string Operation, string Outcome, long Start, long End, string Machine, string Name, string? InputHash = null, string? Status = null,
    IReadOnlyList<string>? Seen = null) : DumpRecord;

/// <summary>A worker's answer to a task token.</summary>
/// <param name="Scheduled">The history id of the task's scheduled event.</param>
/// <param name="Hash">SHA-256 of the output, or null for a failure.</param>
internal sealed record AnswerRecord(string Execution, long Scheduled, string Token, bool Accepted, string? Hash) : DumpRecord;

/// <summary>What the API says of an execution in the end.</summary>
/// <param name="Described">Status by DescribeExecution.</param>
/// <param name="Listed">Status by ListExecutions.</param>
/// <param name="Forward">All pages, the oldest first.</param>
/// <param name="Reverse">All pages with reverseOrder.</param>
internal sealed record ReadBackRecord(
    string Execution, string Described, string Listed, IReadOnlyList<ReadBackEvent> Forward, IReadOnlyList<ReadBackEvent> Reverse) : DumpRecord;

/// <summary>A history event as the API shows it.</summary>
/// <param name="Hash">SHA-256 of its input or output text, or null.</param>
internal sealed record ReadBackEvent(long Id, long PreviousId, string Type, string? Hash = null);

/// <summary>From when on nothing went wrong any more, and how late a timer may have been at the end.</summary>
internal sealed record HealedRecord(long At) : DumpRecord;
