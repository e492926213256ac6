namespace Cluster.Node.Tasks.Lambda;

/// <summary>An entry of the registry, ready to be called.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Gate">How many at once.</param>
/// <param name="Timeout">How long.</param>
/// <param name="Idempotent">Whether a second call with the same key does nothing new.</param>
internal sealed record RegisteredFunction(IFunctionEndpoint Endpoint, CallGate Gate, TimeSpan Timeout, bool Idempotent);
