using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>GetActivityTask: a long poll. While it waits, the body is gone from memory and nothing is held but the connection.</summary>
internal sealed class GetActivityTaskHandler(IExecutionRouter router, CancellationToken stopping)
    : ShortOperationHandler<GetActivityTaskRequest, GetActivityTaskResponse>
{
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

        // Thousands of polls wait at a time; the signature and the client's name for itself would wait with each.
        call.Http.Request.Headers.Clear();
        return new GetActivityTaskRequest(arn.Value, workerName);
    }

    /// <inheritdoc/>
    protected override async ValueTask<AwsResult<GetActivityTaskResponse>> CallAsync(
        GetActivityTaskRequest request, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        try
        {
            return await router.GetActivityTaskAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // A server that stops must not wait a minute for its pollers, and a cancelled poll has taken no task.
            return GetActivityTaskResponse.None;
        }
    }

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, GetActivityTaskResponse response)
    {
        json.WriteStartObject();
        json.WriteOptional("taskToken"u8, response.TaskToken);
        if (response.Input is { } input)
            json.WriteString("input"u8, input.Span);
        json.WriteEndObject();
    }
}
