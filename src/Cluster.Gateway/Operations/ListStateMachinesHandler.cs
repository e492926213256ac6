using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Operations;

/// <summary>ListStateMachines.</summary>
internal sealed class ListStateMachinesHandler(IQueryService queries)
    : ShortOperationHandler<ListStateMachinesRequest, ListStateMachinesResponse>
{
    /// <inheritdoc/>
    public override string Name => "ListStateMachines";

    /// <inheritdoc/>
    protected override AwsResult<ListStateMachinesRequest> Read(ref ShapeReader body, in OperationCall call)
    {
        var page = default(PageRequest);
        while (body.NextMember())
        {
            if (!page.TryRead(ref body))
                body.Skip();
        }

        if (body.End() is { } malformed)
            return malformed;
        var shape = default(ShapeConstraints);
        page.Judge(ref shape, Limits.PageToken);
        return shape.Error is { } invalid ? invalid : new ListStateMachinesRequest(page.MaxResults, page.NextToken);
    }

    /// <inheritdoc/>
    protected override ValueTask<AwsResult<ListStateMachinesResponse>> CallAsync(
        ListStateMachinesRequest request, CancellationToken cancellation) => queries.ListStateMachinesAsync(request, cancellation);

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, ListStateMachinesResponse response)
    {
        json.WriteStartObject();
        json.WriteStartArray("stateMachines"u8);
        foreach (var item in response.StateMachines)
        {
            json.WriteStartObject();
            json.WriteString("stateMachineArn"u8, item.StateMachineArn.ToString());
            json.WriteString("name"u8, item.StateMachineArn.Name);
            json.WriteString("type"u8, item.Type);
            json.WriteTime("creationDate"u8, item.CreationDate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNextToken(response.NextToken);
        json.WriteEndObject();
    }
}
