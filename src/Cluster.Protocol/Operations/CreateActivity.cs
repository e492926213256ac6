using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Creates an activity.</summary>
/// <param name="Name">Its name, already judged by the name rules.</param>
/// <param name="CustomerKey">The encryption with a key of the customer as the Gateway's canonical JSON text, so that equal ones are equal texts; null for the key of the service.</param>
/// <param name="Tags">Its tags, at most 50, or null; they take no part in idempotency.</param>
public sealed record CreateActivityRequest(
    string Name, string? CustomerKey = null, IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>The answer: the activity is durable.</summary>
/// <param name="ActivityArn">The activity.</param>
/// <param name="CreationDate">Unix milliseconds.</param>
public sealed record CreateActivityResponse(ActivityArn ActivityArn, long CreationDate);
