using Cluster.Protocol.Errors;

namespace Cluster.Protocol.Arns;

/// <summary>Reads the ARNs of callers, with AWS's words for those that cannot be read or are of something else.</summary>
/// <remarks>
/// A qualified ARN (<c>…:stateMachine:NAME:VERSION</c>) names a version or an alias. None exist yet, so such an ARN is one of a
/// machine that does not exist.
/// </remarks>
public static class ArnReader
{
    private const string Prefix = "arn:";
    private const string StateMachineType = "stateMachine";
    private const string ExecutionType = "execution";
    private const string ActivityType = "activity";

    /// <summary>Sections of an ARN: arn, partition, service, region, account, resource type, and what follows it.</summary>
    private const int Sections = 7;

    /// <summary>Reads the ARN of a machine.</summary>
    public static AwsResult<StateMachineArn> StateMachine(string text)
    {
        if (Split(text, StateMachineType, out var parts) is { } error)
            return error;
        return parts.Resource.Contains(':', StringComparison.Ordinal)
            ? AwsErrors.StateMachineDoesNotExist(text)
            : new StateMachineArn(parts.Partition, parts.Region, parts.Account, parts.Resource);
    }

    /// <summary>Reads the ARN of a Standard execution.</summary>
    public static AwsResult<ExecutionArn> Execution(string text)
    {
        if (Split(text, ExecutionType, out var parts) is { } error)
            return error;
        var colon = parts.Resource.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == parts.Resource.Length - 1)
            return AwsErrors.InvalidArn($"Invalid ARN: {text}");
        return new ExecutionArn(parts.Partition, parts.Region, parts.Account, parts.Resource[..colon], parts.Resource[(colon + 1)..]);
    }

    /// <summary>Reads the ARN of an activity.</summary>
    public static AwsResult<ActivityArn> Activity(string text)
    {
        if (Split(text, ActivityType, out var parts) is { } error)
            return error;
        return parts.Resource.Contains(':', StringComparison.Ordinal)
            ? AwsErrors.InvalidArn($"Invalid ARN: {text}")
            : new ActivityArn(parts.Partition, parts.Region, parts.Account, parts.Resource);
    }

    /// <summary>Reads the ARN of a machine or an activity; versions and aliases have no tags, and so are not found.</summary>
    public static AwsResult<TaggedArn> Tagged(string text)
    {
        if (Split(text, expectedType: null, out var parts) is { } error)
            return error;
        TaggedKind? kind = parts.Type switch
        {
            StateMachineType => TaggedKind.StateMachine,
            ActivityType => TaggedKind.Activity,
            _ => null,
        };
        if (kind is not { } known)
            return WrongType(parts.Type);
        return parts.Resource.Contains(':', StringComparison.Ordinal)
            ? AwsErrors.ResourceNotFound(text)
            : new TaggedArn(known, parts.Region, parts.Account, parts.Resource, text);
    }

    private static AwsError WrongType(string type) => AwsErrors.InvalidArn($"Resource type not valid in this context: {type}");

    private static AwsError? Split(string text, string? expectedType, out Parts parts)
    {
        parts = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return AwsErrors.InvalidArn($"Invalid ARN prefix: {text}");
        Span<Range> sections = stackalloc Range[Sections];
        if (text.AsSpan().Split(sections, ':') < Sections)
            return AwsErrors.InvalidArn($"Invalid ARN: {text}");
        var type = text[sections[5]];
        if (!text.AsSpan()[sections[2]].SequenceEqual("states"))
            return AwsErrors.InvalidArn($"Service name not valid in this context: {text[sections[2]]}");
        if (expectedType is not null && !string.Equals(type, expectedType, StringComparison.Ordinal))
            return WrongType(type);
        parts = new Parts(text[sections[1]], text[sections[3]], text[sections[4]], type, text[sections[6]]);
        return parts.Resource.Length == 0 ? AwsErrors.InvalidArn($"Invalid ARN: {text}") : null;
    }

    private readonly record struct Parts(string Partition, string Region, string Account, string Type, string Resource);
}
