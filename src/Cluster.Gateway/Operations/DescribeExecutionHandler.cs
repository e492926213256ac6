using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>DescribeExecution.</summary>
internal sealed class DescribeExecutionHandler(IQueryService queries)
    : ShortOperationHandler<DescribeExecutionRequest, DescribeExecutionResponse>
{
    /// <inheritdoc/>
    public override string Name => "DescribeExecution";

    /// <inheritdoc/>
    protected override AwsResult<DescribeExecutionRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        if (DescribeMembers.Read(ref body, "executionArn"u8, out var text, out var metadataOnly) is { } invalid)
            return invalid;
        var execution = ArnReader.Execution(text);
        return execution.Value is null ? execution.Error! : new DescribeExecutionRequest(execution.Value, metadataOnly);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<DescribeExecutionResponse>> CallAsync(
        DescribeExecutionRequest request, CancellationToken cancellation) => queries.DescribeExecutionAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, DescribeExecutionResponse response)
    {
        json.WriteStartObject();
        json.WriteString("executionArn"u8, response.ExecutionArn.ToString());
        json.WriteString("stateMachineArn"u8, response.ExecutionArn.Machine.ToString());
        json.WriteString("name"u8, response.ExecutionArn.Name);
        json.WriteString("status"u8, response.Status);
        json.WriteTime("startDate"u8, response.StartDate);
        if (response.StopDate is { } stopDate)
            json.WriteTime("stopDate"u8, stopDate);
        WritePayload(json, "input"u8, "inputDetails"u8, response.Input);
        WritePayload(json, "output"u8, "outputDetails"u8, response.Output);
        json.WriteOptional("traceHeader"u8, response.TraceHeader);
        json.WriteOptional("error"u8, response.Error);
        json.WriteOptional("cause"u8, response.Cause);
        json.WriteNumber("redriveCount"u8, 0);
        json.WriteString("redriveStatus"u8, response.RedriveStatus);
        json.WriteOptional("redriveStatusReason"u8, response.RedriveStatusReason);
        json.WriteEndObject();
    }

    private static void WritePayload(
        Utf8JsonWriter json, ReadOnlySpan<byte> member, ReadOnlySpan<byte> details, ReadOnlyMemory<byte>? payload)
    {
        if (payload is not { } text)
            return;
        json.WriteString(member, text.Span);
        json.WriteFlag(details, "included"u8, value: true);
    }
}
