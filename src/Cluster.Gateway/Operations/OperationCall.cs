using Cluster.Gateway.AwsJson;
using Cluster.Gateway.Hosting;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Operations;

/// <summary>One call of an operation.</summary>
/// <param name="Http">The exchange.</param>
/// <param name="RequestId">The id under which the answer goes out.</param>
/// <param name="Options">The settings.</param>
/// <param name="Budget">The bytes of bodies held at once.</param>
/// <param name="Body">The body, where it had to be read to know the caller; the handler disposes it. Null where it is still to be read.</param>
/// <param name="Principal">The access key id of the caller, or null on a server without keys.</param>
internal readonly record struct OperationCall(
    HttpContext Http, string RequestId, GatewayOptions Options, BodyBudget Budget, RequestBody? Body = null, string? Principal = null)
{
    /// <summary>Of a StartExecution that this process asks for: whether the name follows from the task's call. Never from outside.</summary>
    public bool NameIsOwn { get; init; }

    /// <summary>Cancelled when the caller has gone away: a connection carries one request at a time.</summary>
    public CancellationToken CallerGone => CallerGoneOf(Http);

    /// <summary>Cancelled when the caller of an exchange has gone away. The token of the request itself costs each request an object of its own.</summary>
    public static CancellationToken CallerGoneOf(HttpContext http) =>
        http.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? http.RequestAborted;
}
