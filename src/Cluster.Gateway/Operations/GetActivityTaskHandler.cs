using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cluster.Gateway.Operations;

/// <summary>GetActivityTask: a long poll. While it waits, body and headers are gone from memory and little more is held than the connection.</summary>
internal sealed class GetActivityTaskHandler : ShortOperationHandler<GetActivityTaskRequest, GetActivityTaskResponse>
{
    private static readonly string[] LongHeaders =
    [
        HeaderNames.Authorization, HeaderNames.UserAgent, HeaderNames.ContentType, HeaderNames.Accept, HeaderNames.AcceptEncoding,
        HeaderNames.Host, HeaderNames.Connection, HeaderNames.ContentLength,
    ];

    private readonly IExecutionRouter _router;

    /// <param name="router">Where tasks come from.</param>
    /// <param name="stopping">The server stops: it must not wait a minute for its pollers.</param>
    public GetActivityTaskHandler(IExecutionRouter router, CancellationToken stopping)
    {
        _router = router;
        stopping.UnsafeRegister(static router => ((IExecutionRouter)router!).SendWorkersHome(), router);
    }

    /// <inheritdoc/>
    public override string Name => "GetActivityTask";

    /// <inheritdoc/>
    protected override AwsResult<GetActivityTaskRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? text = null, workerName = null;
        while (body.NextMember())
        {
            if (body.Is("activityArn"u8))
                text = body.ReadString();
            else if (body.Is("workerName"u8))
                workerName = body.ReadString();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("activityArn", text);
        shape.Length("activityArn", text, 1, Limits.Arn);
        shape.Length("workerName", workerName, 1, ResourceNames.MaxLength);
        if (shape.Error is { } invalid)
            return invalid;
        var arn = ArnReader.Activity(text!);
        if (arn.Value is null)
            return arn.Error!;

        Forget(call.Http.Request.Headers);
        return new GetActivityTaskRequest(arn.Value, workerName);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<GetActivityTaskResponse>> CallAsync(GetActivityTaskRequest request, CancellationToken cancellation) =>
        _router.GetActivityTaskAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, GetActivityTaskResponse response)
    {
        json.WriteStartObject();
        json.WriteOptional("taskToken"u8, response.TaskToken);
        if (response.Input is { } input)
            json.WriteString("input"u8, input.Span);
        json.WriteEndObject();
    }

    /// <summary>
    /// Thousands of polls wait at a time; the signature and the client's name for itself would wait with each. The server keeps the values of
    /// headers that it knows when all are cleared together, and lets go of those that are removed.
    /// </summary>
    private static void Forget(IHeaderDictionary headers)
    {
        foreach (var name in LongHeaders)
            headers.Remove(name);
        headers.Clear();
    }
}
