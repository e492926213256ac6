using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Describes a machine.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="MetadataOnly">includedData METADATA_ONLY: the definition is <c>{}</c>.</param>
public sealed record DescribeStateMachineRequest(StateMachineArn StateMachineArn, bool MetadataOnly);

/// <summary>What is known of a machine.</summary>
public sealed record DescribeStateMachineResponse
{
    /// <summary>The machine.</summary>
    public required StateMachineArn StateMachineArn { get; init; }

    /// <summary>The definition's text.</summary>
    public required string Definition { get; init; }

    /// <summary>The role of new executions.</summary>
    public required string RoleArn { get; init; }

    /// <summary>STANDARD or EXPRESS.</summary>
    public required string Type { get; init; }

    /// <summary>When it was created, in Unix milliseconds.</summary>
    public required long CreationDate { get; init; }

    /// <summary>The revision; null until the first update.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The logging configuration as JSON text, or null for OFF.</summary>
    public string? LoggingConfiguration { get; init; }

    /// <summary>Whether tracing is on.</summary>
    public bool Tracing { get; init; }
}
