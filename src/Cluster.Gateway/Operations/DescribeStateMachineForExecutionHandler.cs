using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>DescribeStateMachineForExecution.</summary>
internal sealed class DescribeStateMachineForExecutionHandler(IQueryService queries)
    : ShortOperationHandler<DescribeStateMachineForExecutionRequest, DescribeStateMachineForExecutionResponse>
{
    /// <inheritdoc/>
    public override string Name => "DescribeStateMachineForExecution";

    /// <inheritdoc/>
    protected override AwsResult<DescribeStateMachineForExecutionRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        if (DescribeMembers.Read(ref body, "executionArn"u8, out var text, out var metadataOnly) is { } invalid)
            return invalid;
        var execution = ArnReader.Execution(text);
        return execution.Value is null ? execution.Error! : new DescribeStateMachineForExecutionRequest(execution.Value, metadataOnly);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<DescribeStateMachineForExecutionResponse>> CallAsync(
        DescribeStateMachineForExecutionRequest request, CancellationToken cancellation) =>
        queries.DescribeStateMachineForExecutionAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, DescribeStateMachineForExecutionResponse response)
    {
        json.WriteStartObject();
        json.WriteString("stateMachineArn"u8, response.StateMachineArn.ToString());
        json.WriteString("name"u8, response.StateMachineArn.Name);
        json.WriteString("definition"u8, response.Definition);
        json.WriteString("roleArn"u8, response.RoleArn);
        json.WriteTime("updateDate"u8, response.UpdateDate);
        MachineSettings.Write(json, response.LoggingConfiguration, response.Tracing);
        json.WriteOptional("revisionId"u8, response.RevisionId);
        json.WriteEndObject();
    }
}
