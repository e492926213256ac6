using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>DescribeStateMachine.</summary>
internal sealed class DescribeStateMachineHandler(IQueryService queries)
    : ShortOperationHandler<DescribeStateMachineRequest, DescribeStateMachineResponse>
{
    /// <inheritdoc/>
    public override string Name => "DescribeStateMachine";

    /// <inheritdoc/>
    protected override AwsResult<DescribeStateMachineRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        if (DescribeMembers.Read(ref body, "stateMachineArn"u8, out var text, out var metadataOnly) is { } invalid)
            return invalid;
        var machine = ArnReader.StateMachine(text);
        return machine.Value is null ? machine.Error! : new DescribeStateMachineRequest(machine.Value, metadataOnly);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<DescribeStateMachineResponse>> CallAsync(
        DescribeStateMachineRequest request, CancellationToken cancellation) =>
        queries.DescribeStateMachineAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, DescribeStateMachineResponse response)
    {
        json.WriteStartObject();
        json.WriteString("stateMachineArn"u8, response.StateMachineArn.ToString());
        json.WriteString("name"u8, response.StateMachineArn.Name);
        json.WriteString("status"u8, "ACTIVE"u8);
        json.WriteString("definition"u8, response.Definition);
        json.WriteString("roleArn"u8, response.RoleArn);
        json.WriteString("type"u8, response.Type);
        json.WriteTime("creationDate"u8, response.CreationDate);
        MachineSettings.Write(json, response.LoggingConfiguration, response.Tracing);
        json.WriteOptional("revisionId"u8, response.RevisionId);
        json.WriteEndObject();
    }
}
