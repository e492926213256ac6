using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>SendTaskFailure.</summary>
internal sealed class SendTaskFailureHandler(IExecutionRouter router)
    : ShortOperationHandler<SendTaskFailureRequest, SendTaskFailureResponse>
{
    /// <inheritdoc/>
    public override string Name => "SendTaskFailure";

    /// <inheritdoc/>
    protected override AwsResult<SendTaskFailureRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? token = null, error = null, cause = null;
        while (body.NextMember())
        {
            if (body.Is("taskToken"u8))
                token = body.ReadString();
            else if (body.Is("error"u8))
                error = body.ReadString();
            else if (body.Is("cause"u8))
                cause = body.ReadString();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("taskToken", token);
        shape.Length("taskToken", token, 1, Limits.TaskToken);
        shape.HiddenLength("error", error?.Length, 0, Limits.Error);
        shape.HiddenLength("cause", cause?.Length, 0, Limits.Cause);
        return shape.Error is { } invalid ? invalid : new SendTaskFailureRequest(token!, error, cause);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<SendTaskFailureResponse>> CallAsync(
        SendTaskFailureRequest request, CancellationToken cancellation) => router.SendTaskFailureAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, SendTaskFailureResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
