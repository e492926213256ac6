namespace Cluster.Node.Tasks.Lambda;

/// <summary>A place that speaks the Lambda Invoke API: <c>POST /2015-03-31/functions/{name}/invocations</c>.</summary>
internal sealed class InvokeApiEndpoint : IFunctionEndpoint
{
    private const string PathEnd = "/invocations";

    private readonly FunctionTransport _transport;
    private readonly string _address;
    private readonly bool _isWhole;

    /// <param name="transport">HTTP to the place.</param>
    /// <param name="address">The API's base, or one function's whole address, which ends in <c>/invocations</c>.</param>
    public InvokeApiEndpoint(FunctionTransport transport, Uri address)
    {
        _transport = transport;
        _address = address.AbsoluteUri.TrimEnd('/');
        _isWhole = address.AbsolutePath.EndsWith(PathEnd, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public ValueTask<FunctionAnswer> CallAsync(FunctionRequest request, TaskKey key, CancellationToken cancellation)
    {
        var address = _isWhole ? _address : $"{_address}/2015-03-31/functions/{Uri.EscapeDataString(request.Function.Text)}{PathEnd}";
        if (request.Qualifier is not null)
            address += $"?Qualifier={Uri.EscapeDataString(request.Qualifier)}";
        return _transport.PostAsync(new Uri(address), HeadersOf(request), request, key, cancellation);
    }

    private static List<KeyValuePair<string, string>> HeadersOf(FunctionRequest request)
    {
        var headers = new List<KeyValuePair<string, string>> { new("X-Amz-Invocation-Type", request.InvocationType ?? "RequestResponse") };
        if (request.LogType is not null)
            headers.Add(new("X-Amz-Log-Type", request.LogType));
        if (request.ClientContext is not null)
            headers.Add(new("X-Amz-Client-Context", request.ClientContext));
        return headers;
    }
}
