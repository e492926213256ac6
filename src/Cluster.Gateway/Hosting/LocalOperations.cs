using Cluster.Gateway.AwsJson;
using Cluster.Gateway.Operations;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Ports;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Hosting;

/// <summary>The operations for whoever is inside the process: the same handlers, on an exchange that no connection is behind.</summary>
/// <param name="ports">Whom the operations ask.</param>
/// <param name="options">The limits of requests.</param>
public sealed class LocalOperations(GatewayPorts ports, GatewayOptions options) : ILocalOperations
{
    private readonly OperationTable _operations = new(ports, CancellationToken.None);
    private readonly BodyBudget _budget = new(options.MaxHeldBodyBytes);

    /// <inheritdoc/>
    public async ValueTask<AwsResult<LocalResponse>> AskAsync(LocalRequest request, CancellationToken cancellation)
    {
        var found = _operations.FindByName(request.Operation);
        if (found.Error is { } none)
            return none;
        using var kept = new KeptResponse(request.LongestResponse);
        var http = new DefaultHttpContext { RequestAborted = cancellation };
        http.Request.Body = new MemoryStream(request.Body.ToArray(), writable: false);
        http.Response.Body = kept;
        var call = new OperationCall(http, request.RequestId, options, _budget) { NameIsOwn = request.NameIsOwn };
        if (await found.Handler!.HandleAsync(call).ConfigureAwait(false) is { } error)
            return error;
        await http.Response.BodyWriter.CompleteAsync().ConfigureAwait(false);
        return new LocalResponse(kept.Whole);
    }
}
