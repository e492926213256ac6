using System.Collections.Immutable;
using Cluster.Asl.Expressions;

namespace Cluster.Asl.Definitions;

/// <summary>InputPath or OutputPath: a path, or JSON null, which stands for <c>{}</c>.</summary>
/// <param name="Path">The path, or null when the field is JSON null.</param>
public sealed record PathField(JsonPath? Path)
{
    /// <summary>The field when it is absent: the whole document.</summary>
    public static readonly PathField Root = new(JsonPath.Root);

    /// <summary>The field when it is JSON null.</summary>
    public static readonly PathField Discard = new(Path: null);
}

/// <summary>ResultPath: a reference path, or JSON null, which discards the result.</summary>
/// <param name="Path">The path, or null when the field is JSON null.</param>
public sealed record ResultPathField(ReferencePath? Path)
{
    /// <summary>The field when it is absent: the result replaces the document.</summary>
    public static readonly ResultPathField Root = new(ReferencePath.Root);

    /// <summary>The field when it is JSON null: the raw input goes on.</summary>
    public static readonly ResultPathField Discard = new(Path: null);
}

/// <summary>A number of seconds, fixed or named by a path. Exactly one of the two is set.</summary>
/// <param name="Seconds">The fixed number.</param>
/// <param name="Path">Where the number stands.</param>
public sealed record SecondsField(long? Seconds, JsonPath? Path);

/// <summary>A retrier. Its numbers are constants of the definition.</summary>
/// <param name="ErrorEquals">The error names it matches; at least one.</param>
/// <param name="IntervalSeconds">The first delay.</param>
/// <param name="MaxAttempts">How often it retries; 0 is never.</param>
/// <param name="BackoffRate">The factor from one delay to the next, at least 1.</param>
/// <param name="MaxDelaySeconds">The longest delay, or null.</param>
/// <param name="FullJitter">Whether the delay is drawn uniformly from 0 to the computed one (JitterStrategy FULL).</param>
public sealed record Retrier(
    ImmutableArray<string> ErrorEquals,
    long IntervalSeconds,
    long MaxAttempts,
    double BackoffRate,
    long? MaxDelaySeconds,
    bool FullJitter);

/// <summary>A catcher.</summary>
/// <param name="ErrorEquals">The error names it matches; at least one.</param>
/// <param name="Next">The state that goes on.</param>
/// <param name="ResultPath">Where the error output goes in the raw input.</param>
public sealed record Catcher(ImmutableArray<string> ErrorEquals, string Next, ResultPathField ResultPath);

/// <summary>What a Task calls.</summary>
public enum TaskKind : byte
{
    /// <summary>A function ARN as Resource: the LambdaFunction… events.</summary>
    LambdaFunction,

    /// <summary>An optimised integration (<c>arn:aws:states:::service:action</c>): the Task… events.</summary>
    Integration,
}

/// <summary>The Resource of a Task, taken apart.</summary>
/// <param name="Arn">The text of the definition.</param>
/// <param name="Kind">Which family of events it has.</param>
/// <param name="Service">The service of an integration (<c>lambda</c>), shown as resourceType; "lambda" for a function ARN.</param>
/// <param name="Action">The action of an integration with its pattern (<c>invoke</c>), shown as resource.</param>
public sealed record TaskResource(string Arn, TaskKind Kind, string Service, string Action);
