using Cluster.Asl.Expressions;

namespace Cluster.Asl.Interpreter;

/// <summary>What is pinned when an execution starts. Updates of its machine don't change it.</summary>
public sealed record ExecutionStart
{
    /// <summary>The execution's ARN.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>The execution's name.</summary>
    public required string Name { get; init; }

    /// <summary>The machine's ARN.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>The machine's name.</summary>
    public required string StateMachineName { get; init; }

    /// <summary>The role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>SHA-256 of the definition's text, in lower-case hexadecimal.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>The revision of the machine, or null before its first update.</summary>
    public string? RevisionId { get; init; }

    /// <summary>When this form of the machine was made, in Unix milliseconds.</summary>
    public long MachineUpdateDate { get; init; }

    /// <summary>The logging configuration as JSON text, or null for OFF.</summary>
    public string? LoggingConfiguration { get; init; }

    /// <summary>Whether tracing is on.</summary>
    public bool Tracing { get; init; }

    /// <summary>The trace header of the start, or null.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>Who started it, or null on a server without keys.</summary>
    public string? Principal { get; init; }

    /// <summary>The id of the request that started it, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>The token of the task whose part this execution is, or null; its end is told with it.</summary>
    public string? ParentToken { get; init; }

    /// <summary>How the parent wants to see input and output: as texts (<c>.sync</c>) or as JSON (<c>.sync:2</c>).</summary>
    public bool ParentSeesJson { get; init; }

    /// <summary>The execution's part of the context object.</summary>
    internal ExecutionContextFacts Context(Payload input, long startedAt) =>
        new(ExecutionArn, Name, input.Value, RoleArn, startedAt, StateMachineArn, StateMachineName);
}
