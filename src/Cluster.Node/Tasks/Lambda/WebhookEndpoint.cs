using Cluster.Asl.Json;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>
/// A plain webhook: the payload is posted, a 2xx answer's body is the result (an empty one is null). Any other status is an error:
/// the one that a JSON body names in <c>errorType</c>, else for 429 <c>Lambda.TooManyRequestsException</c>, for 502, 503 and 504
/// <c>Lambda.ServiceException</c>, else <c>Lambda.Unknown</c>. A call without a payload posts <c>{}</c>, as functions see it at Lambda.
/// </summary>
/// <param name="transport">HTTP to the place.</param>
/// <param name="address">The address, in which <c>{name}</c> stands for the function's name.</param>
internal sealed class WebhookEndpoint(FunctionTransport transport, Uri address) : IFunctionEndpoint
{
    /// <summary>The header that tells a webhook which function is meant.</summary>
    public const string FunctionHeader = "X-Cluster-Function";

    private const int Ok = 200;
    private const string NamePlaceholder = "{name}";

    private static readonly ReadOnlyMemory<byte> EmptyEvent = "{}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Null = "null"u8.ToArray();

    private readonly string _address = Uri.UnescapeDataString(address.AbsoluteUri).Contains(NamePlaceholder, StringComparison.Ordinal)
        ? Uri.UnescapeDataString(address.AbsoluteUri)
        : address.AbsoluteUri;

    /// <inheritdoc/>
    public async ValueTask<FunctionAnswer> CallAsync(FunctionRequest request, TaskKey key, CancellationToken cancellation)
    {
        if (request.Payload.IsEmpty)
            request = request with { Payload = EmptyEvent };
        var place = new Uri(_address.Replace(NamePlaceholder, request.Function.Name, StringComparison.Ordinal));
        var answer = await transport.PostAsync(place, [new(FunctionHeader, request.Function.Text)], request, key, cancellation).ConfigureAwait(false);
        return answer is FunctionAnswer.Response response ? InLambdaTerms(request, response) : answer;
    }

    private static FunctionAnswer InLambdaTerms(FunctionRequest request, FunctionAnswer.Response response)
    {
        if (response.Status is >= 200 and <= 299)
            return response with { Status = Ok, Body = response.Body.IsEmpty ? Null : response.Body };
        if (JsonParser.TryParse(response.Body.Span, JsonParserOptions.Payload, out var body, out _) && LambdaOutcome.ErrorTypeOf(body) is not null)
            return new FunctionAnswer.None(LambdaOutcome.FunctionFailed(request, response.Body));
        return response.Status is 429 or 502 or 503 or 504
            ? new FunctionAnswer.Response(response.Status is 429 ? 429 : 500, response.Headers, response.Body)
            : new FunctionAnswer.None(LambdaFailures.Unknown(response.Body.Span));
    }
}
