using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>DeleteStateMachine.</summary>
internal sealed class DeleteStateMachineHandler(IStateMachineCatalog catalog)
    : ShortOperationHandler<DeleteStateMachineRequest, DeleteStateMachineResponse>
{
    /// <inheritdoc/>
    public override string Name => "DeleteStateMachine";

    /// <inheritdoc/>
    protected override AwsResult<DeleteStateMachineRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? arn = null;
        while (body.NextMember())
        {
            if (body.Is("stateMachineArn"u8))
                arn = body.ReadString();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("stateMachineArn", arn);
        shape.Length("stateMachineArn", arn, 1, Limits.Arn);
        if (shape.Error is { } invalid)
            return invalid;
        var machine = ArnReader.StateMachine(arn!);
        return machine.Value is null ? machine.Error! : new DeleteStateMachineRequest(machine.Value);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<DeleteStateMachineResponse>> CallAsync(
        DeleteStateMachineRequest request, CancellationToken cancellation) => catalog.DeleteStateMachineAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, DeleteStateMachineResponse response)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
