using Cluster.Gateway.AwsJson;
using Cluster.Gateway.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Operations;

/// <summary>One call of an operation.</summary>
/// <param name="Http">The exchange.</param>
/// <param name="RequestId">The id under which the answer goes out.</param>
/// <param name="Options">The settings.</param>
/// <param name="Budget">The bytes of bodies held at once.</param>
internal readonly record struct OperationCall(HttpContext Http, string RequestId, GatewayOptions Options, BodyBudget Budget);
