using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>CreateStateMachine.</summary>
internal sealed class CreateStateMachineHandler(IStateMachineCatalog catalog)
    : ShortOperationHandler<CreateStateMachineRequest, CreateStateMachineResponse>
{
    private const string Standard = "STANDARD";
    private const string Express = "EXPRESS";

    private static readonly string[] Types = [Standard, Express];

    /// <inheritdoc/>
    public override string Name => "CreateStateMachine";

    /// <inheritdoc/>
    protected override AwsResult<CreateStateMachineRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? name = null, definition = null, roleArn = null, type = null;
        var settings = default(MachineSettings);
        var tagList = default(TagList);
        while (body.NextMember())
        {
            if (body.Is("name"u8))
                name = body.ReadString();
            else if (body.Is("definition"u8))
                definition = body.ReadString();
            else if (body.Is("roleArn"u8))
                roleArn = body.ReadString();
            else if (body.Is("type"u8))
                type = body.ReadString();
            else if (body.Is("tags"u8))
                tagList.Read(ref body);
            else if (!settings.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("name", name);
        shape.Length("name", name, 1, ResourceNames.MaxLength);
        shape.Required("definition", definition);
        DefinitionText.Judge(ref shape, definition);
        shape.Required("roleArn", roleArn);
        shape.Length("roleArn", roleArn, 1, Limits.Arn);
        shape.OneOf("type", type, Types);
        settings.JudgeShape(ref shape);
        tagList.Judge(ref shape);
        if (shape.Error is { } invalid)
            return invalid;
        if (!ResourceNames.IsValid(name!))
            return AwsErrors.InvalidName(name!);
        if ((RoleArns.Judge(roleArn!) ?? settings.Judge() ?? tagList.TryTake(out _)) is { } refused)
            return refused;
        if (string.Equals(type, Express, StringComparison.Ordinal))
            return AwsErrors.NotSupportedYet("The type EXPRESS");
        tagList.TryTake(out var tags);
        return new CreateStateMachineRequest(
            name!, definition!, roleArn!, type ?? Standard, settings.LoggingText, settings.Tracing ?? false, tags);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<CreateStateMachineResponse>> CallAsync(
        CreateStateMachineRequest request, CancellationToken cancellation) => catalog.CreateStateMachineAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, CreateStateMachineResponse response)
    {
        json.WriteStartObject();
        json.WriteString("stateMachineArn"u8, response.StateMachineArn.ToString());
        json.WriteTime("creationDate"u8, response.CreationDate);
        json.WriteEndObject();
    }
}
