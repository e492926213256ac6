using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>UpdateStateMachine.</summary>
internal sealed class UpdateStateMachineHandler(IStateMachineCatalog catalog)
    : ShortOperationHandler<UpdateStateMachineRequest, UpdateStateMachineResponse>
{
    /// <inheritdoc/>
    public override string Name => "UpdateStateMachine";

    /// <inheritdoc/>
    protected override AwsResult<UpdateStateMachineRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? arn = null, definition = null, roleArn = null;
        var settings = default(MachineSettings);
        while (body.NextMember())
        {
            if (body.Is("stateMachineArn"u8))
                arn = body.ReadString();
            else if (body.Is("definition"u8))
                definition = body.ReadString();
            else if (body.Is("roleArn"u8))
                roleArn = body.ReadString();
            else if (!settings.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("stateMachineArn", arn);
        shape.Length("stateMachineArn", arn, 1, Limits.Arn);
        DefinitionText.Judge(ref shape, definition);
        shape.Length("roleArn", roleArn, 1, Limits.Arn);
        settings.JudgeShape(ref shape);
        if (shape.Error is { } invalid)
            return invalid;
        if (definition is null && roleArn is null && settings is { HasLogging: false, Tracing: null, HasEncryption: false })
        {
            return new AwsError(
                "MissingRequiredParameter",
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified");
        }

        var machine = ArnReader.StateMachine(arn!);
        if (machine.Value is null)
            return machine.Error!;
        var wrongRole = roleArn is null ? null : RoleArns.Judge(roleArn);
        if ((wrongRole ?? settings.Judge()) is { } refused)
            return refused;
        return new UpdateStateMachineRequest(
            machine.Value, definition, roleArn, settings.HasLogging ? settings.LoggingText : null, settings.Tracing);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<UpdateStateMachineResponse>> CallAsync(
        UpdateStateMachineRequest request, CancellationToken cancellation) => catalog.UpdateStateMachineAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, UpdateStateMachineResponse response)
    {
        json.WriteStartObject();
        json.WriteTime("updateDate"u8, response.UpdateDate);
        json.WriteOptional("revisionId"u8, response.RevisionId);
        json.WriteEndObject();
    }
}
