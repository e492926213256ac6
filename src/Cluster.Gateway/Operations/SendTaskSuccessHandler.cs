using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>SendTaskSuccess.</summary>
internal sealed class SendTaskSuccessHandler(IExecutionRouter router)
    : ShortOperationHandler<SendTaskSuccessRequest, SendTaskSuccessResponse>
{
    /// <inheritdoc/>
    public override string Name => "SendTaskSuccess";

    /// <inheritdoc/>
    protected override AwsResult<SendTaskSuccessRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? token = null;
        byte[]? output = null;
        while (body.NextMember())
        {
            if (body.Is("taskToken"u8))
                token = body.ReadString();
            else if (body.Is("output"u8))
                output = body.ReadUtf8();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("taskToken", token);
        shape.Length("taskToken", token, 1, Limits.TaskToken);
        shape.Required("output", output);
        shape.HiddenLength("output", output?.Length, 0, Limits.PayloadBytes);
        return shape.Error is { } invalid ? invalid : new SendTaskSuccessRequest(token!, output!);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<SendTaskSuccessResponse>> CallAsync(
        SendTaskSuccessRequest request, CancellationToken cancellation) => router.SendTaskSuccessAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, SendTaskSuccessResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
