using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>The status of an execution, as AWS names it. The numbers are a storage format.</summary>
public enum ExecutionStatus : byte
{
    /// <summary>Open.</summary>
    Running = 0,

    /// <summary>Ended well.</summary>
    Succeeded = 1,

    /// <summary>Ended with an error.</summary>
    Failed = 2,

    /// <summary>Ended by the machine's TimeoutSeconds.</summary>
    TimedOut = 3,

    /// <summary>Ended by StopExecution.</summary>
    Aborted = 4,
}

/// <summary>What is stored of an execution beside its events: enough to list it, to find it, and to know when to wake it.</summary>
public sealed record ExecutionRow
{
    /// <summary>The identity.</summary>
    public required ExecutionId Id { get; init; }

    /// <summary>The account.</summary>
    public required string Account { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The machine's name.</summary>
    public required string StateMachine { get; init; }

    /// <summary>The execution's name.</summary>
    public required string Name { get; init; }

    /// <summary>The status.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The start in Unix milliseconds.</summary>
    public required long StartDate { get; init; }

    /// <summary>The end in Unix milliseconds, or null while it runs.</summary>
    public long? StopDate { get; init; }

    /// <summary>SHA-256 of the input text as it was sent, by which a second start of the name is judged.</summary>
    public required ReadOnlyMemory<byte> InputHash { get; init; }

    /// <summary>SHA-256 of the definition that the execution runs.</summary>
    public required ReadOnlyMemory<byte> DefinitionHash { get; init; }

    /// <summary>
    /// When the execution must be woken, in Unix milliseconds; 0 is now, null never. It may be early, never late; with something
    /// outstanding it is 0.
    /// </summary>
    public long? WakeAt { get; init; }
}
