namespace Cluster.Node.Tasks.Lambda;

/// <summary>A place where functions run.</summary>
internal interface IFunctionEndpoint
{
    /// <summary>
    /// Makes one call, at most once. Expected failures are answers; the only exception that belongs to the contract is the one of
    /// <paramref name="cancellation"/>, after which the connection is closed and nothing of the call is left.
    /// </summary>
    /// <param name="request">The call.</param>
    /// <param name="key">Its idempotency key.</param>
    /// <param name="cancellation">Ends the call.</param>
    ValueTask<FunctionAnswer> CallAsync(FunctionRequest request, TaskKey key, CancellationToken cancellation);
}
