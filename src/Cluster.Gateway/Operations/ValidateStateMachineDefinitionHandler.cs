using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ValidateStateMachineDefinition. Terraform asks it before it creates or updates a machine.</summary>
internal sealed class ValidateStateMachineDefinitionHandler(IStateMachineCatalog catalog)
    : ShortOperationHandler<ValidateStateMachineDefinitionRequest, ValidateStateMachineDefinitionResponse>
{
    private const string Warning = "WARNING";

    private static readonly string[] Types = ["STANDARD", "EXPRESS"];
    private static readonly string[] Severities = ["ERROR", Warning];

    /// <inheritdoc/>
    public override string Name => "ValidateStateMachineDefinition";

    /// <inheritdoc/>
    protected override AwsResult<ValidateStateMachineDefinitionRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? definition = null, type = null, severity = null;
        int? maxResults = null;
        while (body.NextMember())
        {
            if (body.Is("definition"u8))
                definition = body.ReadString();
            else if (body.Is("type"u8))
                type = body.ReadString();
            else if (body.Is("severity"u8))
                severity = body.ReadString();
            else if (body.Is("maxResults"u8))
                maxResults = body.ReadInt();
            else
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("definition", definition);
        DefinitionText.Judge(ref shape, definition);
        shape.OneOf("type", type, Types);
        shape.OneOf("severity", severity, Severities);
        shape.Range("maxResults", maxResults, 0, Limits.Diagnostics);
        if (shape.Error is { } invalid)
            return invalid;
        return new ValidateStateMachineDefinitionRequest(
            definition!,
            type ?? Types[0],
            string.Equals(severity, Warning, StringComparison.Ordinal),
            maxResults is null or 0 ? Limits.Diagnostics : maxResults.Value);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ValidateStateMachineDefinitionResponse>> CallAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancellation) => catalog.ValidateStateMachineDefinitionAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ValidateStateMachineDefinitionResponse response)
    {
        json.WriteStartObject();
        json.WriteString("result"u8, response.IsValid ? "OK"u8 : "FAIL"u8);
        json.WriteStartArray("diagnostics"u8);
        foreach (var found in response.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("severity"u8, found.Severity);
            json.WriteString("code"u8, found.Code);
            json.WriteString("message"u8, found.Message);
            json.WriteOptional("location"u8, found.Location);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("truncated"u8, response.IsTruncated);
        json.WriteEndObject();
    }
}
