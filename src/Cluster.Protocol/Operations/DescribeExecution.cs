using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Describes an execution.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="MetadataOnly">includedData METADATA_ONLY: leave input and output out.</param>
public sealed record DescribeExecutionRequest(ExecutionArn ExecutionArn, bool MetadataOnly);

/// <summary>What is known of an execution. Dates are Unix milliseconds; payloads are JSON text in UTF-8.</summary>
public sealed record DescribeExecutionResponse
{
    /// <summary>The execution.</summary>
    public required ExecutionArn ExecutionArn { get; init; }

    /// <summary>RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED.</summary>
    public required string Status { get; init; }

    /// <summary>The start.</summary>
    public required long StartDate { get; init; }

    /// <summary>The end, or null while it runs.</summary>
    public long? StopDate { get; init; }

    /// <summary>The input as it was sent, or null with METADATA_ONLY.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>The output of a succeeded execution, or null.</summary>
    public ReadOnlyMemory<byte>? Output { get; init; }

    /// <summary>The error name, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, or null.</summary>
    public string? Cause { get; init; }

    /// <summary>The trace header of the start, or null.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>NOT_REDRIVABLE or REDRIVABLE, as AWS judges it.</summary>
    public required string RedriveStatus { get; init; }

    /// <summary>Why it cannot be redriven, or null.</summary>
    public string? RedriveStatusReason { get; init; }
}
