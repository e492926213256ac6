using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Operations;

/// <summary>Carries an operation out. Stateless: all calls share it.</summary>
internal abstract class OperationHandler
{
    /// <summary>AWS's name of the operation.</summary>
    public abstract string Name { get; }

    /// <summary>Reads the request, has it carried out and sends the response.</summary>
    /// <returns>The error to send, or null after the response was sent.</returns>
    public abstract ValueTask<AwsError?> HandleAsync(OperationCall call);
}

/// <summary>The three steps of every operation: the body is read and let go, the port is asked, the response is written.</summary>
internal abstract class OperationHandler<TRequest, TResponse> : OperationHandler
    where TRequest : class
    where TResponse : class
{
    /// <inheritdoc/>
    public sealed override ValueTask<AwsError?> HandleAsync(OperationCall call)
    {
        if (call.Body is not null)
            return CarryOutAsync(call.Body, call);
        var reading = RequestBody.ReadAsync(call.Http.Request, call.Options.MaxBodyBytes, call.Budget, call.CallerGone);
        return reading.IsCompletedSuccessfully ? CarryOutAsync(reading.Result, call) : CarryOutAsync(reading, call);
    }

    /// <summary>Reads the members and judges them. The request keeps nothing of the body.</summary>
    protected abstract AwsResult<TRequest> Read(ref ShapeReader body, in OperationCall call);

    /// <summary>Asks the port.</summary>
    protected abstract ValueTask<AwsResult<TResponse>> CallAsync(TRequest request, CancellationToken cancellation);

    /// <summary>Writes the response's structure; a long one sends it in pieces.</summary>
    protected abstract ValueTask WriteAsync(ResponseBody body, TResponse response);

    private async ValueTask<AwsError?> CarryOutAsync(ValueTask<AwsResult<RequestBody>> reading, OperationCall call) =>
        await CarryOutAsync(await reading.ConfigureAwait(false), call).ConfigureAwait(false);

    /// <summary>What is not needed for the answer is no longer held while the port is at work, which may take a minute.</summary>
    private ValueTask<AwsError?> CarryOutAsync(AwsResult<RequestBody> body, in OperationCall call)
    {
        if (body.Value is null)
            return ValueTask.FromResult(body.Error);
        var request = ReadOnce(body.Value, call);
        return request.Value is null
            ? ValueTask.FromResult(request.Error)
            : AnswerAsync(CallAsync(request.Value, call.CallerGone), call.Http.Response, call.RequestId);
    }

    private async ValueTask<AwsError?> AnswerAsync(ValueTask<AwsResult<TResponse>> asked, HttpResponse to, string requestId)
    {
        var response = await asked.ConfigureAwait(false);
        if (response.Value is null)
            return response.Error;
        var answer = ResponseBody.For(to, requestId);
        await WriteAsync(answer, response.Value).ConfigureAwait(false);
        await answer.SendAsync().ConfigureAwait(false);
        return null;
    }

    private AwsResult<TRequest> ReadOnce(RequestBody body, in OperationCall call)
    {
        using (body)
        {
            var reader = new ShapeReader(body.Bytes, call.Options.MaxJsonDepth);
            return Read(ref reader, call);
        }
    }
}

/// <summary>An operation whose response is short enough to be written in one go.</summary>
internal abstract class ShortOperationHandler<TRequest, TResponse> : OperationHandler<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Writes the response's structure.</summary>
    protected abstract void Write(Utf8JsonWriter json, TResponse response);

    /// <inheritdoc/>
    protected sealed override ValueTask WriteAsync(ResponseBody body, TResponse response)
    {
        Write(body.Json, response);
        return ValueTask.CompletedTask;
    }
}
