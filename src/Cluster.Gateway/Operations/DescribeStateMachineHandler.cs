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
        string? arn = null, included = null;
        while (body.NextMember())
        {
            if (body.Is("stateMachineArn"u8))
                arn = body.ReadString();
            else if (body.Is("includedData"u8))
                included = body.ReadString();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("stateMachineArn", arn);
        shape.Length("stateMachineArn", arn, 1, Limits.Arn);
        IncludedMembers.Judge(ref shape, included);
        if (shape.Error is { } invalid)
            return invalid;
        var machine = ArnReader.StateMachine(arn!);
        return machine.Value is null
            ? machine.Error!
            : new DescribeStateMachineRequest(machine.Value, IncludedMembers.IsMetadataOnly(included));
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
