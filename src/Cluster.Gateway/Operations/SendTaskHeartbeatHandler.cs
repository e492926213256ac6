using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>SendTaskHeartbeat.</summary>
internal sealed class SendTaskHeartbeatHandler(IExecutionRouter router)
    : ShortOperationHandler<SendTaskHeartbeatRequest, SendTaskHeartbeatResponse>
{
    /// <inheritdoc/>
    public override string Name => "SendTaskHeartbeat";

    /// <inheritdoc/>
    protected override AwsResult<SendTaskHeartbeatRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? token = null;
        while (body.NextMember())
        {
            if (body.Is("taskToken"u8))
                token = body.ReadString();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("taskToken", token);
        shape.Length("taskToken", token, 1, Limits.TaskToken);
        return shape.Error is { } invalid ? invalid : new SendTaskHeartbeatRequest(token!);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<SendTaskHeartbeatResponse>> CallAsync(
        SendTaskHeartbeatRequest request, CancellationToken cancellation) => router.SendTaskHeartbeatAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, SendTaskHeartbeatResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
