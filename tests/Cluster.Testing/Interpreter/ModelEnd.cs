using System.Text.Json.Nodes;

namespace Cluster.Testing.Interpreter;

/// <summary>How something ended in the model.</summary>
public enum ModelEndKind
{
    /// <summary>Well.</summary>
    Succeeded,

    /// <summary>With an error.</summary>
    Failed,

    /// <summary>Not: a call in it never ended.</summary>
    Open,
}

/// <summary>How a machine, a branch or a state ended in the model.</summary>
/// <param name="Kind">How.</param>
/// <param name="Output">What it put out.</param>
/// <param name="Error">Its error.</param>
/// <param name="Cause">Its cause, where the model knows it.</param>
public sealed record ModelEnd(ModelEndKind Kind, JsonNode? Output, string? Error, string? Cause)
{
    public static readonly ModelEnd Open = new(ModelEndKind.Open, Output: null, Error: null, Cause: null);

    /// <summary>A States.Runtime: it ends the execution.</summary>
    public static readonly ModelEnd Runtime = new(ModelEndKind.Failed, Output: null, "States.Runtime", Cause: null) { IsFinal = true };

    /// <summary>The state that goes on.</summary>
    public string? Next { get; init; }

    /// <summary>Whether nothing in its state retries or catches it any more.</summary>
    public bool IsFinal { get; init; }

    public bool IsTimeout { get; init; }

    public bool IsHeartbeat { get; init; }

    /// <summary>Whether a cause is in it that the model does not know: the engine's words name event ids.</summary>
    public bool IsVague { get; init; }

    public static ModelEnd Success(JsonNode? output) => new(ModelEndKind.Succeeded, output, Error: null, Cause: null);

    public static ModelEnd Failure(string? error, string? cause) => new(ModelEndKind.Failed, Output: null, error, cause);

    /// <summary>Whether a retrier or catcher takes it.</summary>
    public bool IsTakenBy(JsonNode handler) => Error != "States.Runtime" && ((JsonArray)handler["ErrorEquals"]!).Any(name => name!.GetValue<string>() switch
    {
        "States.ALL" => true,
        "States.TaskFailed" => Error is not null && !IsTimeout,
        "States.HeartbeatTimeout" => IsHeartbeat,
        var text => text == Error,
    });

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Output?.ToJsonString()} {Error} {Cause} {Next} {IsVague} {IsFinal}";
}
