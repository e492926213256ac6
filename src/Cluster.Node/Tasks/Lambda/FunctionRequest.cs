namespace Cluster.Node.Tasks.Lambda;

/// <summary>One call of a function, read from a Task's resource and input.</summary>
internal sealed record FunctionRequest
{
    /// <summary>Which function.</summary>
    public required FunctionName Function { get; init; }

    /// <summary>What is sent: JSON in UTF-8, or nothing at all.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>
    /// Whether the Task says <c>lambda:invoke</c>, whose result holds the payload among others; otherwise its Resource is the function's
    /// ARN and the payload is the result.
    /// </summary>
    public required bool IsInvoke { get; init; }

    /// <summary>The invocation type that is asked for, or null for the usual request and response.</summary>
    public string? InvocationType { get; init; }

    /// <summary>The client context, or null.</summary>
    public string? ClientContext { get; init; }

    /// <summary>The log type, or null.</summary>
    public string? LogType { get; init; }

    /// <summary>The qualifier that stands beside the name, or null.</summary>
    public string? Qualifier { get; init; }

    /// <summary>What a cause that speaks about the size of the result calls the Task.</summary>
    public string TaskName => IsInvoke ? "lambda" : Function.Text;
}
