using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ListStateMachineVersions. There are no versions yet, so every page is empty; Terraform reads it with each machine.</summary>
internal sealed class ListStateMachineVersionsHandler(IQueryService queries)
    : ShortOperationHandler<ListStateMachineVersionsRequest, ListStateMachineVersionsResponse>
{
    /// <inheritdoc/>
    public override string Name => "ListStateMachineVersions";

    /// <inheritdoc/>
    protected override AwsResult<ListStateMachineVersionsRequest> Read(ref ShapeReader body, in OperationCall call)
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
        return arn.Value is null ? arn.Error! : new ListStateMachineVersionsRequest(arn.Value, page.NextToken);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ListStateMachineVersionsResponse>> CallAsync(
        ListStateMachineVersionsRequest request, CancellationToken cancellation) => queries.ListStateMachineVersionsAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ListStateMachineVersionsResponse response)
    {
        json.WriteStartObject();
        json.WriteStartArray("stateMachineVersions"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
