using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ListStateMachineAliases. There are no aliases yet, so every page is empty.</summary>
internal sealed class ListStateMachineAliasesHandler(IQueryService queries)
    : ShortOperationHandler<ListStateMachineAliasesRequest, ListStateMachineAliasesResponse>
{
    /// <inheritdoc/>
    public override string Name => "ListStateMachineAliases";

    /// <inheritdoc/>
    protected override AwsResult<ListStateMachineAliasesRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        string? text = null;
        var page = default(PageRequest);
        while (body.NextMember())
        {
            if (body.Is("stateMachineArn"u8))
                text = body.ReadString();
            else if (!page.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        shape.Required("stateMachineArn", text);
        shape.Length("stateMachineArn", text, 1, Limits.Arn);
        page.Judge(ref shape, Limits.PageToken);
        if (shape.Error is { } invalid)
            return invalid;
        var arn = ArnReader.StateMachine(text!);
        return arn.Value is null ? arn.Error! : new ListStateMachineAliasesRequest(arn.Value, page.NextToken);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ListStateMachineAliasesResponse>> CallAsync(
        ListStateMachineAliasesRequest request, CancellationToken cancellation) => queries.ListStateMachineAliasesAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ListStateMachineAliasesResponse response)
    {
        json.WriteStartObject();
        json.WriteStartArray("stateMachineAliases"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
