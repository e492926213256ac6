using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>StopExecution.</summary>
internal sealed class StopExecutionHandler(IExecutionRouter router) : ShortOperationHandler<StopExecutionRequest, StopExecutionResponse>
{
    /// <inheritdoc/>
    public override string Name => "StopExecution";

    /// <inheritdoc/>
    protected override AwsResult<StopExecutionRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? arn = null, error = null, cause = null;
        while (body.NextMember())
        {
            if (body.Is("executionArn"u8))
                arn = body.ReadString();
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
        shape.Required("executionArn", arn);
        shape.Length("executionArn", arn, 1, Limits.Arn);
        shape.HiddenLength("error", error?.Length, 0, Limits.Error);
        shape.HiddenLength("cause", cause?.Length, 0, Limits.Cause);
        if (shape.Error is { } invalid)
            return invalid;
        var execution = ArnReader.Execution(arn!);
        return execution.Value is null ? execution.Error! : new StopExecutionRequest(execution.Value, error, cause);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<StopExecutionResponse>> CallAsync(
        StopExecutionRequest request, CancellationToken cancellation) => router.StopExecutionAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, StopExecutionResponse response)
    {
        json.WriteStartObject();
        json.WriteTime("stopDate"u8, response.StopDate);
        json.WriteEndObject();
    }
}
