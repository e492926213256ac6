using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Describes the machine as an execution runs it.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="MetadataOnly">includedData METADATA_ONLY: the definition is <c>{}</c>.</param>
public sealed record DescribeStateMachineForExecutionRequest(ExecutionArn ExecutionArn, bool MetadataOnly);

/// <summary>The machine as it was when the execution started.</summary>
public sealed record DescribeStateMachineForExecutionResponse
{
    /// <summary>The machine.</summary>
    public required StateMachineArn StateMachineArn { get; init; }

    /// <summary>The definition's text.</summary>
    public required string Definition { get; init; }

    /// <summary>The role pinned at the start.</summary>
    public required string RoleArn { get; init; }

    /// <summary>When that form of the machine was made, in Unix milliseconds.</summary>
    public required long UpdateDate { get; init; }

    /// <summary>The revision that runs, or null for the first.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The logging configuration as JSON text, or null for OFF.</summary>
    public string? LoggingConfiguration { get; init; }

    /// <summary>Whether tracing is on.</summary>
    public bool Tracing { get; init; }
}
