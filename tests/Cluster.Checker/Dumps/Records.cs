using System.Text.Json.Serialization;

namespace Cluster.Checker.Dumps;

/// <summary>
/// A line of a dump. Times are Unix milliseconds, virtual ones in a simulation; hashes are SHA-256 in lower-case hexadecimal; ids of
/// executions are lower-case hexadecimal. docs/checker.md lists the forms.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(RunRecord), "run")]
[JsonDerivedType(typeof(EventRow), "row")]
[JsonDerivedType(typeof(ExecutionRecord), "execution")]
[JsonDerivedType(typeof(NameRecord), "name")]
[JsonDerivedType(typeof(DefinitionRecord), "definition")]
[JsonDerivedType(typeof(ShardRecord), "shard")]
[JsonDerivedType(typeof(PendingRecord), "pending")]
[JsonDerivedType(typeof(LeaseRecord), "lease")]
[JsonDerivedType(typeof(CallRecord), "call")]
[JsonDerivedType(typeof(EffectRecord), "effect")]
[JsonDerivedType(typeof(AnswerRecord), "answer")]
[JsonDerivedType(typeof(ReadBackRecord), "readback")]
[JsonDerivedType(typeof(HealedRecord), "healed")]
[JsonDerivedType(typeof(CompleteRecord), "complete")]
public abstract record DumpRecord;

/// <summary>What was run.</summary>
/// <param name="Store">sqlite, postgres or simulation.</param>
/// <param name="IncarnationIsEpoch">Whether the store does not say who wrote a row: then incarnations of rows and shards are their epochs.</param>
public sealed record RunRecord(string Store, bool IncarnationIsEpoch = false) : DumpRecord;

/// <summary>A row of the journal: one append.</summary>
/// <param name="Execution">Whose.</param>
/// <param name="Sequence">Its number, dense from 1.</param>
/// <param name="First">The first history id that it holds; one more than <paramref name="Last"/>, or 0, where it holds none.</param>
/// <param name="Last">The last one.</param>
/// <param name="Shard">The shard of the execution.</param>
/// <param name="Epoch">The epoch under which it was written.</param>
/// <param name="Incarnation">Who wrote it.</param>
/// <param name="Commit">Its place in the order of commits; it must tell the order within a shard.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="Terminal">Whether it is marked as the end.</param>
/// <param name="Events">The EventBatch, encoded.</param>
public sealed record EventRow(
    string Execution, long Sequence, long First, long Last, int Shard, long Epoch, long Incarnation, long Commit, int Segment, bool Terminal, byte[] Events)
    : DumpRecord;

/// <summary>The row of an execution.</summary>
/// <param name="Machine">account/region/name of the state machine.</param>
/// <param name="Status">As AWS spells it.</param>
/// <param name="WakeAt">When it must be woken; 0 is now, null never.</param>
/// <param name="NameExpires">From when on its name may be given again; null while it runs.</param>
public sealed record ExecutionRecord(
    string Id, string Machine, string Name, string Status, long Start, long? Stop, long? WakeAt, long? NameExpires, string InputHash, string DefinitionHash)
    : DumpRecord;

/// <summary>Who has a name.</summary>
public sealed record NameRecord(string Machine, string Name, string Execution) : DumpRecord;

/// <summary>A definition.</summary>
public sealed record DefinitionRecord(string Hash, string Text) : DumpRecord;

/// <summary>How a shard stands in the end.</summary>
/// <param name="Incarnation">Its holder; 0 for nobody.</param>
public sealed record ShardRecord(int Shard, long Epoch, long Incarnation) : DumpRecord;

/// <summary>A task of an activity that is stored as waiting for a worker.</summary>
/// <param name="Activity">account/region/name of the activity.</param>
/// <param name="Execution">Whose.</param>
/// <param name="Scope">The branch that scheduled it.</param>
/// <param name="Visit">The visit of the state.</param>
/// <param name="Attempt">The attempt, from 0.</param>
/// <param name="Scheduled">When it was scheduled.</param>
public sealed record PendingRecord(string Activity, string Execution, string Scope, long Visit, int Attempt, long Scheduled) : DumpRecord;

/// <summary>A shard was taken or given. The records of a shard stand in the order in which it happened.</summary>
/// <param name="Incarnation">Who holds it from now on; 0 for nobody.</param>
/// <param name="From">When, by the clock of the store.</param>
/// <param name="Until">When it was given up, lost, or would have lapsed; null where only the next grant tells.</param>
/// <param name="Commit">Its place in the order of commits that rows have, too; null where it is not known.</param>
/// <param name="Reason">Why, in the register's words.</param>
public sealed record LeaseRecord(
    int Shard, long Epoch, long Incarnation, long From, long? Until = null, long? Commit = null, string? Reason = null)
    : DumpRecord;

/// <summary>A call of a client.</summary>
/// <param name="Client">Which client.</param>
/// <param name="Operation">As AWS names it.</param>
/// <param name="Outcome">ok, fail, or info when it is not known.</param>
/// <param name="Start">When it was sent, by a monotonic clock that all clients share.</param>
/// <param name="End">When the answer came, or the call was given up.</param>
/// <param name="Machine">account/region/name of the state machine; empty where the call names none.</param>
/// <param name="Name">The name of the execution; empty where the call names none.</param>
/// <param name="InputHash">Of StartExecution: of the input.</param>
/// <param name="Status">What DescribeExecution answered.</param>
/// <param name="Seen">The names that ListExecutions answered, all pages.</param>
/// <param name="Date">The start or stop date that was answered.</param>
/// <param name="Error">The error's name, of fail and of a refusal that says nothing.</param>
/// <param name="Node">Which node was asked.</param>
/// <param name="Arguments">The hash of all arguments.</param>
public sealed record CallRecord(
    int Client, string Operation, string Outcome, long Start, long End, string Machine, string Name, string? InputHash = null, string? Status = null,
    IReadOnlyList<string>? Seen = null, long? Date = null, string? Error = null, string? Node = null, string? Arguments = null) : DumpRecord
{
    public const string Ok = "ok";
    public const string Fail = "fail";
    public const string Info = "info";
}

/// <summary>What a function saw. Written before it answers, so that it tells of every effect, whatever became of the caller.</summary>
/// <param name="Key">execution-segment-scope-visit-attempt: the idempotency key of the call.</param>
/// <param name="What">called, answered or abandoned.</param>
/// <param name="Call">Which call of all: the lines of a call have one number.</param>
/// <param name="Function">The function.</param>
/// <param name="At">When.</param>
/// <param name="Hash">Of an answer: of its text; null where it is a failure.</param>
/// <param name="Idempotent">Whether the function may be called again with the same key; null where that is not known.</param>
public sealed record EffectRecord(string Key, string What, long Call, string Function, long At, string? Hash = null, bool? Idempotent = null) : DumpRecord
{
    public const string Called = "called";
    public const string Answered = "answered";
    public const string Abandoned = "abandoned";
}

/// <summary>A worker's answer to a task token.</summary>
/// <param name="Scheduled">The history id of the task's scheduled event.</param>
/// <param name="Accepted">Whether the worker was told that it counts.</param>
/// <param name="Hash">Of the output, or null for a failure.</param>
public sealed record AnswerRecord(string Execution, long Scheduled, string Token, bool Accepted, string? Hash) : DumpRecord;

/// <summary>What the API says of an execution in the end.</summary>
/// <param name="Machine">account/region/name of the state machine.</param>
/// <param name="Name">Its name, which leads to it as <see cref="NameRecord"/> says.</param>
/// <param name="Described">Status by DescribeExecution.</param>
/// <param name="Listed">Status by ListExecutions; null where it is not listed.</param>
/// <param name="Forward">All pages of GetExecutionHistory, the oldest first.</param>
/// <param name="Reverse">All pages with reverseOrder.</param>
/// <param name="Start">Start date by DescribeExecution.</param>
/// <param name="Stop">Stop date by DescribeExecution.</param>
/// <param name="InputHash">Of the input by DescribeExecution.</param>
/// <param name="OutputHash">Of the output by DescribeExecution.</param>
public sealed record ReadBackRecord(
    string Machine, string Name, string Described, string? Listed, IReadOnlyList<ReadBackEvent> Forward, IReadOnlyList<ReadBackEvent> Reverse,
    long? Start = null, long? Stop = null, string? InputHash = null, string? OutputHash = null) : DumpRecord;

/// <summary>A history event as the API shows it.</summary>
/// <param name="Hash">Of its input, parameters or output, or null.</param>
/// <param name="At">Its time stamp, or null.</param>
/// <param name="Name">Of a state, or null.</param>
/// <param name="Error">Of a failure, or null.</param>
/// <param name="Cause">Of a failure, or null.</param>
public sealed record ReadBackEvent(
    long Id, long PreviousId, string Type, string? Hash = null, long? At = null, string? Name = null, string? Error = null, string? Cause = null);

/// <summary>From when on nothing went wrong any more: what is open and waits for nothing later than this must have ended.</summary>
public sealed record HealedRecord(long At) : DumpRecord;

/// <summary>All records of a kind are there, so that what has none did not happen. Without it nothing is concluded from what is missing.</summary>
/// <param name="What">The kind, as its records' <c>is</c>: call, effect, lease or pending.</param>
public sealed record CompleteRecord(string What) : DumpRecord;
